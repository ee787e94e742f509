/*
 * The least that a client costs: connect to the socket argv[1], ask the
 * trivial question, read the answer. It does not look at it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static const char question[] =
	    "{\"method\":\"org.varlink.service.GetInfo\"}";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char answer[4096];
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (argc != 2 || fd < 0 ||
	    strlen(argv[1]) >= sizeof address.sun_path)
		return 1;
	strcpy(address.sun_path, argv[1]);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    write(fd, question, sizeof question) != sizeof question ||
	    read(fd, answer, sizeof answer) <= 0)
		return 1;
	return 0;
}

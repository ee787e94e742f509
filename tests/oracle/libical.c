/*
 * What libical says about recurrence rules; test only. The question "rule" is
 * that of ours.c, and so is the answer, but for the ends: "end" where libical
 * knows no more, "slow" where a rule took it more than 4 ms of the processor
 * (it looks for what never occurs until 2582, step by step), "crashed" where it
 * read beyond its memory (3.0.16 does, for some rules).
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include <libical/ical.h>

static sigjmp_buf given_up;

static void
give_up(int signal)
{
	siglongjmp(given_up, signal);
}

static void
limit_time(int microseconds)
{
	struct itimerval limit = { .it_value = { 0, microseconds } };

	setitimer(ITIMER_VIRTUAL, &limit, NULL);
}

static void
print(struct icaltimetype t)
{
	printf("%04d%02d%02dT%02d%02d%02d ", t.year, t.month, t.day, t.hour,
	    t.minute, t.second);
}

/*
 * The first n occurrences, and the first m after a time. It has to walk there
 * from the anchor: icalrecur_iterator_set_start does not know COUNT.
 */
static void
answer(const char *anchor, const char *after, int n, int m, const char *rule)
{
	struct icalrecurrencetype r = icalrecurrencetype_from_string(rule);
	struct icaltimetype from = icaltime_from_string(anchor);
	struct icaltimetype later = icaltime_from_string(after);
	struct icaltimetype first[16], then[16];
	icalrecur_iterator *volatile i = NULL;
	volatile int have_n = 0, have_m = 0;
	const char *volatile end = "";
	int k, signal;

	if (r.freq == ICAL_NO_RECURRENCE) {
		puts("refused");
		return;
	}
	signal = sigsetjmp(given_up, 1);
	if (signal == 0) {
		limit_time(4000);
		i = icalrecur_iterator_new(r, from);
		/* There is no iterator for a rule that it finds nothing of, nor
		 * for one whose parts it does not take together. */
		end = "end";
		while (i != NULL && (have_n < n || have_m < m)) {
			struct icaltimetype t = icalrecur_iterator_next(i);

			if (icaltime_is_null_time(t))
				break;
			if (have_n < n)
				first[have_n++] = t;
			if (have_m < m && icaltime_compare(t, later) > 0)
				then[have_m++] = t;
		}
		limit_time(0);
		if (i != NULL)
			icalrecur_iterator_free(i);
	} else {
		/* The iterator is left as it is: its memory can't be trusted. */
		limit_time(0);
		end = signal == SIGSEGV ? "crashed" : "slow";
	}
	for (k = 0; k < have_n; k++)
		print(first[k]);
	printf("%s | ", have_n < n ? end : "");
	for (k = 0; k < have_m; k++)
		print(then[k]);
	puts(have_m < m ? end : "");
}

int
main(void)
{
	char *line = NULL, anchor[32], after[32];
	size_t size = 0;
	int n, m, at;

	signal(SIGVTALRM, give_up);
	signal(SIGSEGV, give_up);
	icalerror_set_errors_are_fatal(0);
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "rule %31s %31s %d %d %n", anchor, after, &n,
		    &m, &at) != 4 || n > 16 || m > 16) {
			fprintf(stderr, "libical: no question: %s\n", line);
			return 2;
		}
		answer(anchor, after, n, m, line + at);
	}
	free(line);
	return 0;
}

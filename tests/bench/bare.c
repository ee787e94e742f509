/* The least that a dynamically linked C program costs: to start and to end. */
int
main(void)
{
	return 0;
}

/*
 * What libical says about recurrence rules; test only. The question "rule" is
 * that of ours.c, and so is the answer, but for the ends: "end" where libical
 * knows no more, "slow" where a rule took it more than 4 ms of the processor
 * (it looks for what never occurs until 2582, step by step), "crashed" where it
 * did.
 *
 * A child answers, one question after the other. A timer, or its crash, ends it
 * in the middle of one: what it had found by then is in memory that both have,
 * and the next child goes on with the next question.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libical/ical.h>

enum { OCCURRENCES_MAX = 16, LIMIT_US = 4000 };

struct part {
	int n;
	struct icaltimetype times[OCCURRENCES_MAX];
};

/* What both processes see. */
struct progress {
	size_t question;
	struct part first, then;
};

static char **questions;
static size_t questions_n;

static void
limit_time(int microseconds)
{
	struct itimerval limit = { .it_value = { 0, microseconds } };

	setitimer(ITIMER_VIRTUAL, &limit, NULL);
}

static void
print_part(const struct part *p, int wanted, const char *end)
{
	int i;

	for (i = 0; i < p->n; i++) {
		const struct icaltimetype *t = &p->times[i];

		printf("%04d%02d%02dT%02d%02d%02d ", t->year, t->month, t->day,
		    t->hour, t->minute, t->second);
	}
	if (p->n < wanted)
		printf("%s ", end);
}

struct question {
	char anchor[32], after[32];
	int n, m;
	const char *rule;
};

static struct question
read_question(const char *text)
{
	struct question q;
	int at;

	if (sscanf(text, "rule %31s %31s %d %d %n", q.anchor, q.after, &q.n,
	    &q.m, &at) != 4 || q.n > OCCURRENCES_MAX || q.m > OCCURRENCES_MAX) {
		fprintf(stderr, "libical: no question: %s\n", text);
		_exit(2);
	}
	q.rule = text + at;
	return q;
}

static void
print_answer(const struct progress *p, const char *end)
{
	struct question q = read_question(questions[p->question]);

	print_part(&p->first, q.n, end);
	fputs("| ", stdout);
	print_part(&p->then, q.m, end);
	putchar('\n');
	fflush(stdout);
}

/*
 * The first n occurrences, and the first m after a time. It has to walk there
 * from the anchor: icalrecur_iterator_set_start does not know COUNT.
 */
static void
find(const struct question *q, struct icalrecurrencetype rule,
    struct progress *p)
{
	struct icaltimetype later = icaltime_from_string(q->after), t;
	icalrecur_iterator *i;

	/* There is no iterator for a rule that it finds nothing of, nor for
	 * one whose parts it does not take together. */
	i = icalrecur_iterator_new(rule, icaltime_from_string(q->anchor));
	while (i != NULL && (p->first.n < q->n || p->then.n < q->m)) {
		t = icalrecur_iterator_next(i);
		if (icaltime_is_null_time(t))
			break;
		if (p->first.n < q->n)
			p->first.times[p->first.n++] = t;
		if (p->then.n < q->m && icaltime_compare(t, later) > 0)
			p->then.times[p->then.n++] = t;
	}
	if (i != NULL)
		icalrecur_iterator_free(i);
}

static void
answer(struct progress *p)
{
	struct question q = read_question(questions[p->question]);
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(q.rule);

	p->first.n = p->then.n = 0;
	if (rule.freq == ICAL_NO_RECURRENCE) {
		puts("refused");
		fflush(stdout);
		return;
	}
	limit_time(LIMIT_US);
	find(&q, rule, p);
	limit_time(0);
	print_answer(p, "end");
}

/* From one question on; false when the child died of one. */
static bool
answer_from(size_t first, struct progress *p)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		icalerror_set_errors_are_fatal(0);
		for (p->question = first; p->question < questions_n;
		    p->question++)
			answer(p);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    (WIFEXITED(status) && WEXITSTATUS(status) != 0))
		exit(2);
	if (WIFEXITED(status))
		return true;
	print_answer(p, WTERMSIG(status) == SIGVTALRM ? "slow" : "crashed");
	return false;
}

static void
read_questions(void)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		questions = realloc(questions,
		    (questions_n + 1) * sizeof *questions);
		if (questions == NULL)
			exit(2);
		questions[questions_n++] = strdup(line);
	}
	free(line);
}

int
main(void)
{
	struct progress *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	size_t from = 0;

	if (p == MAP_FAILED)
		return 2;
	read_questions();
	while (from < questions_n && !answer_from(from, p))
		from = p->question + 1;
	return 0;
}

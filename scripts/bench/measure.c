/*
 * measure RUNS NAME COMMAND ARGUMENT… ';' NAME COMMAND ARGUMENT… ';' …
 *
 * Runs the commands in turn, RUNS times each, so that a drift of the machine's load meets all alike, and
 * prints a line for each: name, median, minimum and 90th percentile in microseconds, median peak resident set
 * in KiB, failed runs. A `{}` in an argument becomes an id that no other run has.
 *
 * C, because what is measured takes a millisecond: fork from a large process costs as much, and wait4's peak
 * resident set of a child begins with that of the process it was forked from.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_SIDES 16
#define WARM_UP 5

extern char **environ;

struct side {
	const char *name;
	char **argv;
	int argc;
	int64_t *microseconds;
	int64_t *peak;
	int failures;
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left;
	int64_t b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* The arguments with {} replaced. The replaced texts are never freed: a few bytes a run, in a program that
 * soon ends. */
static char **with_id(const struct side *side, unsigned int run)
{
	char **argv = calloc((size_t)side->argc + 1, sizeof(*argv));

	if (!argv)
		die("calloc");
	for (int i = 0; i < side->argc; i++) {
		const char *place = strstr(side->argv[i], "{}");

		if (!place)
			argv[i] = side->argv[i];
		else if (asprintf(&argv[i], "%.*sbench-%d-%u%s", (int)(place - side->argv[i]), side->argv[i],
				  (int)getpid(), run, place + 2) < 0)
			die("asprintf");
	}
	return argv;
}

static void run(struct side *side, unsigned int id, int slot, posix_spawn_file_actions_t *actions)
{
	char **argv = with_id(side, id);
	struct rusage usage;
	int64_t started;
	int status;
	pid_t pid;

	started = now();
	if (posix_spawnp(&pid, argv[0], actions, NULL, argv, environ) != 0)
		die(argv[0]);
	if (wait4(pid, &status, 0, &usage) != pid)
		die("wait4");
	if (slot >= 0) {
		side->microseconds[slot] = now() - started;
		side->peak[slot] = usage.ru_maxrss;
		side->failures += status != 0;
	}
	free(argv);
}

static int read_sides(char **arguments, struct side *sides, int runs)
{
	int count = 0;

	while (*arguments) {
		struct side *side = &sides[count];

		if (++count > MAX_SIDES || !arguments[1])
			die("too many sides, or one without a command");
		side->name = *arguments++;
		side->argv = arguments;
		while (*arguments && strcmp(*arguments, ";") != 0) {
			side->argc++;
			arguments++;
		}
		if (*arguments)
			*arguments++ = NULL;
		side->microseconds = calloc((size_t)runs, sizeof(int64_t));
		side->peak = calloc((size_t)runs, sizeof(int64_t));
		if (!side->microseconds || !side->peak)
			die("calloc");
	}
	return count;
}

static void print(struct side *side, int runs)
{
	qsort(side->microseconds, (size_t)runs, sizeof(int64_t), compare);
	qsort(side->peak, (size_t)runs, sizeof(int64_t), compare);
	printf("%s\t%lld\t%lld\t%lld\t%lld\t%d\n", side->name, (long long)side->microseconds[runs / 2],
	       (long long)side->microseconds[0], (long long)side->microseconds[runs * 9 / 10],
	       (long long)side->peak[runs / 2], side->failures);
}

int main(int argc, char **argv)
{
	struct side sides[MAX_SIDES] = {{0}};
	posix_spawn_file_actions_t actions;
	int runs = argc > 3 ? atoi(argv[1]) : 0;
	unsigned int id = 0;
	int count;

	if (runs <= 0) {
		fprintf(stderr, "usage: measure RUNS NAME COMMAND ARGUMENT… ';' …\n");
		return 2;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	count = read_sides(argv + 2, sides, runs);
	for (int round = -WARM_UP; round < runs; round++)
		for (int i = 0; i < count; i++)
			run(&sides[i], id++, round, &actions);
	for (int i = 0; i < count; i++)
		print(&sides[i], runs);
	return 0;
}

/*
 * measure RUNS NAME COMMAND ARGUMENT… ['+' NAME COMMAND ARGUMENT…]… ';' NAME COMMAND ARGUMENT… …
 *
 * Runs the sides in turn, RUNS times each, so that a drift of the machine's load meets all alike, and prints a
 * line for each command: name, median, minimum and 90th percentile in microseconds, median peak resident set in
 * KiB, failed runs. A side may have several commands, separated by '+', which follow each other and share their
 * id: a `{}` in an argument becomes one that no other round has.
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

#define MAX_COMMANDS 32
#define WARM_UP 5

extern char **environ;

struct command {
	const char *name;
	char **argv;
	int argc;
	int continues; /* it has the id of the command before */
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
static char **with_id(const struct command *command, unsigned int run)
{
	char **argv = calloc((size_t)command->argc + 1, sizeof(*argv));

	if (!argv)
		die("calloc");
	for (int i = 0; i < command->argc; i++) {
		const char *place = strstr(command->argv[i], "{}");

		if (!place)
			argv[i] = command->argv[i];
		else if (asprintf(&argv[i], "%.*sbench-%d-%u%s", (int)(place - command->argv[i]), command->argv[i],
				  (int)getpid(), run, place + 2) < 0)
			die("asprintf");
	}
	return argv;
}

static void run(struct command *command, unsigned int id, int slot, posix_spawn_file_actions_t *actions)
{
	char **argv = with_id(command, id);
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
		command->microseconds[slot] = now() - started;
		command->peak[slot] = usage.ru_maxrss;
		command->failures += status != 0;
	}
	free(argv);
}

static int ends(const char *word)
{
	return strcmp(word, ";") == 0 || strcmp(word, "+") == 0;
}

static int read_commands(char **arguments, struct command *commands, int runs)
{
	int count = 0, continues = 0;

	while (*arguments) {
		struct command *command = &commands[count];

		if (++count > MAX_COMMANDS || !arguments[1])
			die("too many commands, or a name without one");
		command->continues = continues;
		command->name = *arguments++;
		command->argv = arguments;
		while (*arguments && !ends(*arguments)) {
			command->argc++;
			arguments++;
		}
		continues = *arguments && **arguments == '+';
		if (*arguments)
			*arguments++ = NULL;
		command->microseconds = calloc((size_t)runs, sizeof(int64_t));
		command->peak = calloc((size_t)runs, sizeof(int64_t));
		if (!command->microseconds || !command->peak)
			die("calloc");
	}
	return count;
}

static void print(struct command *command, int runs)
{
	qsort(command->microseconds, (size_t)runs, sizeof(int64_t), compare);
	qsort(command->peak, (size_t)runs, sizeof(int64_t), compare);
	printf("%s\t%lld\t%lld\t%lld\t%lld\t%d\n", command->name, (long long)command->microseconds[runs / 2],
	       (long long)command->microseconds[0], (long long)command->microseconds[runs * 9 / 10],
	       (long long)command->peak[runs / 2], command->failures);
}

int main(int argc, char **argv)
{
	struct command commands[MAX_COMMANDS] = {{0}};
	posix_spawn_file_actions_t actions;
	int runs = argc > 3 ? atoi(argv[1]) : 0;
	unsigned int id = 0;
	int count;

	if (runs <= 0) {
		fprintf(stderr, "usage: measure RUNS NAME COMMAND ARGUMENT… ['+' …] ';' …\n");
		return 2;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	count = read_commands(argv + 2, commands, runs);
	for (int round = -WARM_UP; round < runs; round++)
		for (int i = 0; i < count; i++)
			run(&commands[i], commands[i].continues ? id : ++id, round, &actions);
	for (int i = 0; i < count; i++)
		print(&commands[i], runs);
	return 0;
}

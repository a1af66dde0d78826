/*
 * Hooks that run in the container's namespaces (createContainer, startContainer): a child with the state on its
 * standard input, the hook's own environment, and no other descriptors. It has whatever rights init has at
 * this moment of the plan.
 */
#include "steps.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#define PID_DIGITS 12
#define POLL_NANOSECONDS 2000000
#define LAST_WORDS 200

static int memory_file(struct context *context)
{
	int file = KERNEL(memfd_create, "minirun-hook", MFD_CLOEXEC);
	if (file < 0)
		failed(context, file, "memfd_create", "hook");
	return file;
}

static int append(int file, const char *bytes, size_t size)
{
	while (size > 0) {
		int result = KERNEL(write, file, bytes, size);
		if (result < 0)
			return result;
		bytes += result;
		size -= (size_t)result;
	}
	return 0;
}

static int append_number(int file, unsigned int number)
{
	char digits[PID_DIGITS], *start = digits + sizeof(digits);

	do {
		*--start = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return append(file, start, (size_t)(digits + sizeof(digits) - start));
}

/* Only here is the pid known as the hook will see it. */
static int state_file(struct context *context, const struct plan_step *step)
{
	int file = memory_file(context);
	if (file < 0)
		return file;
	const char *before = text(context, step, 1), *after = text(context, step, 2);
	int result = append(file, before, strlen(before));
	if (result == 0)
		result = append_number(file, (unsigned int)KERNEL(getpid));
	if (result == 0)
		result = append(file, after, strlen(after));
	if (result == 0)
		result = KERNEL(lseek, file, 0, SEEK_SET);
	if (result >= 0)
		return file;
	KERNEL(close, file);
	return failed(context, result, "write", "hook's state");
}

struct hook {
	const char *program;
	char **arguments, **environment;
	int input, output;
	int *error; /* shared with the child: what execve said */
};

static _Noreturn void become_hook(const struct hook *hook)
{
	KERNEL(setpgid, 0, 0);
	int result = KERNEL(dup3, hook->input, STDIN_FILENO, 0);
	if (result >= 0)
		result = KERNEL(dup3, hook->output, STDOUT_FILENO, 0);
	if (result >= 0)
		result = KERNEL(dup3, hook->output, STDERR_FILENO, 0);
	if (result >= 0)
		result = KERNEL(close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
	if (result >= 0)
		result = KERNEL(execve, hook->program, hook->arguments, hook->environment);
	*hook->error = result;
	_exit(1);
}

/* Polls, because a wait with a limit would need calls that filters refuse more often than these. 1, 0 when the time
 * is up, or -errno: a filter may refuse wait4 too. */
static int ends_in_time(int child, uint64_t seconds, int *status)
{
	const struct timespec pause = {.tv_nsec = POLL_NANOSECONDS};
	struct timespec now, end;

	clock_gettime(CLOCK_MONOTONIC, &now);
	end = now;
	end.tv_sec += (time_t)seconds;
	for (;;) {
		int result = KERNEL(wait4, child, status, seconds > 0 ? WNOHANG : 0, NULL);
		if (result == child)
			return 1;
		if (result < 0 && result != -EINTR)
			return result;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (seconds > 0 &&
		    (now.tv_sec > end.tv_sec || (now.tv_sec == end.tv_sec && now.tv_nsec >= end.tv_nsec)))
			return 0;
		if (seconds > 0)
			nanosleep(&pause, NULL);
	}
}

/* The end of what the hook wrote says best why it failed. */
static int hook_failed(struct context *context, const struct hook *hook, enum cause cause, uint32_t value)
{
	char words[LAST_WORDS + 1] = {0};
	int end = KERNEL(lseek, hook->output, 0, SEEK_END);

	if (end > 0)
		(void)!pread(hook->output, words, LAST_WORDS, end > LAST_WORDS ? end - LAST_WORDS : 0);
	context->value = value;
	return failed_because(context, -ECANCELED, cause, words, hook->program);
}

static int run_hook(struct context *context, const struct plan_step *step, const struct hook *hook)
{
	int status = 0;
	int child = fork_child();

	if (child == 0)
		become_hook(hook);
	if (child < 0)
		return failed(context, child, "clone", hook->program);
	int ended = ends_in_time(child, step->argument[2], &status);
	if (ended <= 0) {
		/* Its children too. It leads its group as soon as it runs at all, and is killed by number if not. */
		KERNEL(kill, -child, SIGKILL);
		KERNEL(kill, child, SIGKILL);
		KERNEL(wait4, child, &status, 0, NULL);
		if (ended < 0)
			return failed(context, ended, "wait4", hook->program);
		return hook_failed(context, hook, CAUSE_HOOK_TIMEOUT, (uint32_t)step->argument[2]);
	}
	if (*hook->error < 0)
		return failed(context, *hook->error, "execve", hook->program);
	if (status == 0)
		return 0;
	return hook_failed(context, hook, CAUSE_HOOK_FAILED,
			   (uint32_t)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status)));
}

int step_hook(struct context *context, const struct plan_step *step)
{
	struct hook hook = {.program = text(context, step, 0)};

	int result = lay_out_strings(context, step, &hook.arguments, &hook.environment);
	if (result < 0)
		return result;
	SCOPED_FD input = state_file(context, step);
	SCOPED_FD output = input < 0 ? -1 : memory_file(context);
	if (input < 0 || output < 0)
		return input < 0 ? input : output;
	hook.input = input;
	hook.output = output;
	hook.error = mmap(NULL, sizeof(*hook.error), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (hook.error == MAP_FAILED)
		return failed(context, -errno, "mmap", "hook");
	result = run_hook(context, step, &hook);
	munmap(hook.error, sizeof(*hook.error));
	munmap(hook.arguments, (size_t)(step->argument[0] + step->argument[1] + 2) * sizeof(char *));
	return result;
}

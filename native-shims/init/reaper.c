#include "reaper.h"
#include "report.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#define KERNEL_SIGSET_SIZE 8

/* Signals the terminal sends to who reads or writes it in the background: for the program, never for init. */
#define NOT_FORWARDED ((UINT64_C(1) << (SIGCHLD - 1)) | (UINT64_C(1) << (SIGTTIN - 1)) | (UINT64_C(1) << (SIGTTOU - 1)))

static void set_mask(uint64_t mask)
{
	KERNEL(rt_sigprocmask, SIG_SETMASK, &mask, NULL, KERNEL_SIGSET_SIZE);
}

/*
 * The program gets a process group of its own, the terminal's foreground one where there is a terminal: ^C
 * then reaches it once, not a second time through us. Signals are still blocked here, so SIGTTOU cannot stop
 * us.
 */
static void become_foreground(void)
{
	KERNEL(setpgid, 0, 0);
	int group = KERNEL(getpid);
	KERNEL(ioctl, STDIN_FILENO, TIOCSPGRP, &group);
}

enum reaper start_reaping(struct context *context)
{
	set_mask(~UINT64_C(0));
	int child = fork_child();
	if (child < 0)
		report_failure(context, failed(context, child, "clone", "the program's process"));
	if (child > 0) {
		context->value = (uint32_t)child;
		return REAPER_IS_PARENT;
	}
	become_foreground();
	set_mask(0);
	return REAPER_IS_CHILD;
}

static void reap(int program)
{
	for (;;) {
		int status;
		int pid = KERNEL(wait4, -1, &status, WNOHANG | __WALL, NULL);
		if (pid == -EINTR)
			continue;
		if (pid <= 0)
			return;
		if (pid == program)
			_exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
	}
}

/*
 * Our copies of everything but the streams go: of the channel and the gate, so that the program's exec is their end, and
 * of the rest (a procfs without masked paths among it), because a pid 1 that never execs would hold it for as long as the
 * container lives, in reach of whoever may trace inside.
 */
_Noreturn void reap_until_program_ends(struct context *context)
{
	int program = (int)context->value;
	uint64_t all = ~UINT64_C(0);

	context->channel = context->gate = -1;
	KERNEL(close_range, FD_CHANNEL, ~0U, 0);
	for (;;) {
		reap(program);
		int number = KERNEL(rt_sigtimedwait, &all, NULL, NULL, KERNEL_SIGSET_SIZE);
		if (number > 0 && !(NOT_FORWARDED & (UINT64_C(1) << (number - 1))))
			KERNEL(kill, program, number);
	}
}

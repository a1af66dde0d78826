/*
 * Signals for the launcher: handlers that write each signal's number to a pipe.
 *
 * C, because a handler may run on any thread at any instruction, where managed code must not run; and a handler at
 * all, because signalfd needs the signals blocked in every thread, while .NET's own threads do not block them.
 */
#include "spawn.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile int signal_pipe = -1;

static void report_signal(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;

	/* A full pipe loses signals, as the kernel merges pending ones. */
	ssize_t ignored = write(signal_pipe, &byte, 1);
	(void)ignored;
	errno = saved;
}

/* What the launcher keeps for itself: faults, .NET's thread suspension (SIGRTMIN), and job control, which stops it. */
static int is_left_alone(int number)
{
	switch (number) {
	case SIGKILL:
	case SIGSTOP:
	case SIGILL:
	case SIGTRAP:
	case SIGABRT:
	case SIGBUS:
	case SIGFPE:
	case SIGSEGV:
	case SIGSYS:
	case SIGCHLD:
	case SIGURG:
	case SIGPIPE:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return 1;
	default:
		return number >= 32 && number <= SIGRTMIN;
	}
}

int minirun_watch_signals(int descriptor)
{
	struct sigaction action = {.sa_handler = report_signal, .sa_flags = SA_RESTART};

	sigfillset(&action.sa_mask);
	signal_pipe = descriptor;
	for (int number = 1; number < NSIG; number++) {
		struct sigaction old;

		if (is_left_alone(number))
			continue;
		/* What the caller ignores (nohup) stays ignored. */
		if (sigaction(number, NULL, &old) != 0 || old.sa_handler == SIG_IGN)
			continue;
		if (sigaction(number, &action, NULL) != 0)
			return -1;
	}
	return 0;
}

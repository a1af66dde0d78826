/*
 * Signals for the launcher: handlers that write each signal's number to a pipe.
 *
 * C, because a handler may run on any thread at any instruction, where managed code must not run; and a
 * handler at all, because signalfd needs the signals blocked in every thread, while .NET's own threads do not
 * block them.
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

int minirun_forward_signals(const int32_t *signals, size_t count, int32_t descriptor)
{
	struct sigaction action = {.sa_handler = report_signal, .sa_flags = SA_RESTART};

	sigfillset(&action.sa_mask);
	signal_pipe = descriptor;
	for (size_t i = 0; i < count; i++) {
		struct sigaction old;

		if (sigaction(signals[i], &action, &old) != 0)
			return -1;
		/* What the caller ignores (nohup) stays ignored. Set first and taken back, because that is rare. */
		if (old.sa_handler == SIG_IGN && sigaction(signals[i], &old, NULL) != 0)
			return -1;
	}
	return 0;
}

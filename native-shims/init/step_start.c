#include "report.h"
#include "steps.h"

#include <sys/socket.h>

/* The gate: a pipe of one page, so that two pages block the writer until the reader has drained it. */
#define GATE_BYTES 8192

/* The launcher is gone before anything was committed: there is nobody to tell and nothing to keep. */
static int launcher_gone(int result)
{
	if (result == -EPIPE)
		_exit(1);
	return result;
}

static int start_with_gate(struct context *context, int gate)
{
	if (gate < 0)
		return failed(context, -EPROTO, "recvmsg", "START without its gate");
	context->gate = gate;
	return prepare_execution(context);
}

int step_await(struct context *context, const struct plan_step *step)
{
	enum await what = (enum await)step->argument[0];
	int descriptor = -1;

	int result = launcher_gone(report_await(context, context->channel, what));
	if (result < 0)
		return failed(context, result, "sendmsg", "launch channel");
	result = launcher_gone(receive_continue(context->channel, what, &descriptor));
	if (result < 0)
		return failed(context, result, "recvmsg", "launch channel");
	if (what == AWAIT_USER_MAPPING) {
		/* newuidmap needed us dumpable until now. */
		context->awaits_maps = false;
		result = forbid_dump();
		if (result < 0)
			return failed(context, result, "prctl", "PR_SET_DUMPABLE");
	}
	return what == AWAIT_START ? start_with_gate(context, descriptor) : 0;
}

/* One `start`: it learns that it is the one by our AWAIT, and may still die before it says go. */
static int serve_start(struct context *context, int connection, int *gate)
{
	int result = report_await(context, connection, AWAIT_START);
	return result < 0 ? result : receive_continue(connection, AWAIT_START, gate);
}

/*
 * The launch channel is closed first: `create` is told so that nothing more can fail, and what comes now is
 * `start`'s to hear. A `start` that dies or talks nonsense leaves the container as it was, waiting.
 */
int step_accept_start(struct context *context, const struct plan_step *step)
{
	int listener = slot(context, step->a), gate = -1, result;

	drop(&context->channel);
	do {
		drop(&gate);
		result = KERNEL(accept4, listener, NULL, NULL, SOCK_CLOEXEC);
		if (result == -EINTR || result == -ECONNABORTED)
			continue;
		if (result < 0)
			_exit(1);
		context->channel = result;
		result = serve_start(context, context->channel, &gate);
		if (result < 0)
			drop(&context->channel);
	} while (result < 0);
	fill_slot(context, step->a, -1);
	return start_with_gate(context, gate);
}

/*
 * While this write blocks, everything that was asked for is in force, and the launcher reads
 * /proc/PID/status. A signal (a freezer's too) may cut a write short. Filters that refuse write itself cannot
 * be waited for; the launcher knows.
 */
int step_verify(struct context *context, const struct plan_step *step)
{
	static const char bytes[GATE_BYTES];
	size_t written = 0;

	(void)step;
	while (written < sizeof(bytes)) {
		int result = KERNEL(write, context->gate, bytes, sizeof(bytes) - written);
		if (result == -EINTR)
			continue;
		if (result == -EPIPE || result == -EBADF)
			return failed(context, result, "write", "gate");
		if (result < 0)
			break;
		written += (size_t)result;
	}
	return 0;
}

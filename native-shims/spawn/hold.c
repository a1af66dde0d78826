/* A process to hold a user namespace while mounts are id-mapped with it: an idmapped mount needs one, not a
 * table. */
#include "clone.h"
#include "spawn.h"

#include <linux/prctl.h>
#include <stdint.h>

/* Not on the caller's stack: unlike minirun_spawn's child this one goes on beside us. */
static _Alignas(16) unsigned char stack[4096];

/* A launcher that died before the prctl sends no signal any more, and has left us to another parent. */
static void hold(void *argument)
{
	const long *launcher = argument;
	kernel_call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (kernel_call(SYS_getppid, 0, 0, 0, 0, 0) != *launcher)
		kernel_call(SYS_exit_group, 1, 0, 0, 0, 0);
	for (;;)
		kernel_call(SYS_ppoll, 0, 0, 0, 0, 0);
}

int minirun_hold_user_namespace(struct spawn_result *result)
{
	/* Not on the stack either, for the same reason. */
	static long launcher;
	unsigned long before = 0;
	int pidfd = -1;
	struct clone_args arguments = {
		.flags = CLONE_NEWUSER | CLONE_VM | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.pidfd = (uintptr_t)&pidfd,
		.stack = (uintptr_t)stack,
		.stack_size = sizeof(stack),
	};

	launcher = kernel_call(SYS_getpid, 0, 0, 0, 0, 0);
	block_signals(&before);
	long pid = minirun_clone3(&arguments, sizeof(arguments), hold, &launcher);
	restore_signals(&before);
	if (pid < 0) {
		*result = (struct spawn_result){.pid = -1, .pidfd = -1, .error = (int32_t)-pid, .stage = SPAWN_CLONE};
		return -1;
	}
	*result = (struct spawn_result){.pid = (int32_t)pid, .pidfd = pidfd};
	return 0;
}

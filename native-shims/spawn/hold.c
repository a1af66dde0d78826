/* A process to hold a user namespace while mounts are id-mapped with it: an idmapped mount needs one, not a
 * table. */
#include "clone.h"
#include "spawn.h"

#include <linux/prctl.h>
#include <stdint.h>

/* Not on the caller's stack: unlike minirun_spawn's child this one goes on beside us. */
static _Alignas(16) unsigned char stack[4096];

static void hold(void *argument)
{
	(void)argument;
	kernel_call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	for (;;)
		kernel_call(SYS_ppoll, 0, 0, 0, 0, 0);
}

int minirun_hold_user_namespace(struct spawn_result *result)
{
	unsigned long before = 0;
	int pidfd = -1;
	struct clone_args arguments = {
		.flags = CLONE_NEWUSER | CLONE_VM | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.pidfd = (uintptr_t)&pidfd,
		.stack = (uintptr_t)stack,
		.stack_size = sizeof(stack),
	};

	block_signals(&before);
	long pid = minirun_clone3(&arguments, sizeof(arguments), hold, NULL);
	restore_signals(&before);
	if (pid < 0) {
		*result = (struct spawn_result){.pid = -1, .pidfd = -1, .error = (int32_t)-pid, .stage = SPAWN_CLONE};
		return -1;
	}
	*result = (struct spawn_result){.pid = (int32_t)pid, .pidfd = pidfd};
	return 0;
}

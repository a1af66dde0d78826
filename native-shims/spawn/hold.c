/* A process that does nothing: it holds a user namespace while mounts are id-mapped with it (an idmapped mount
 * needs one, not a table), or a place in a systemd scope until the container's first process is there. In the scope
 * the container's memory limit holds already, and the OOM killer kills all that share its victim's memory: a holder
 * there has memory of its own, so that it does not take the launcher with it. */
#include "clone.h"
#include "spawn.h"

#include <errno.h>
#include <linux/prctl.h>
#include <stdint.h>
#include <sys/mman.h>

enum { STACK_SIZE = 4096 };

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

static int failed(struct spawn_result *result, long error)
{
	*result = (struct spawn_result){.pid = -1, .pidfd = -1, .error = (int32_t)-error, .stage = SPAWN_CLONE};
	return -1;
}

int minirun_hold(uint64_t namespaces, struct spawn_result *result)
{
	/* Not on the stack: unlike minirun_spawn's child this one goes on beside us. */
	static long launcher;
	unsigned long before = 0;
	int pidfd = -1;

	/* For the same reason it needs a stack of its own. The launcher makes a few holders at most, so these pages
	 * are left to its exit. */
	void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stack == MAP_FAILED)
		return failed(result, -errno);
	struct clone_args arguments = {
		.flags = namespaces | (namespaces ? CLONE_VM : 0) | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.pidfd = (uintptr_t)&pidfd,
		.stack = (uintptr_t)stack,
		.stack_size = STACK_SIZE,
	};

	launcher = kernel_call(SYS_getpid, 0, 0, 0, 0, 0);
	block_signals(&before);
	long pid = minirun_clone3(&arguments, sizeof(arguments), hold, &launcher);
	restore_signals(&before);
	if (pid < 0)
		return failed(result, pid);
	*result = (struct spawn_result){.pid = (int32_t)pid, .pidfd = pidfd};
	return 0;
}

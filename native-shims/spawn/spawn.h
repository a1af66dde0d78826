/*
 * What the launcher needs from C: one clone3 that .NET cannot make safely, and the image of minirun-init.
 *
 * Managed code in a forked child is unsupported, so the child runs nothing but the raw system calls here
 * until it executes minirun-init from a descriptor.
 */
#ifndef MINIRUN_SPAWN_H
#define MINIRUN_SPAWN_H

#include <stddef.h>
#include <stdint.h>

struct spawn_request {
	uint64_t namespaces;	   /* CLONE_NEW* for clone3 */
	int32_t cgroup;		   /* descriptor of the cgroup's directory for CLONE_INTO_CGROUP, or -1 */
	int32_t image;		   /* descriptor of minirun-init to execveat */
	int32_t keep_capabilities; /* 1: raise every permitted capability as ambient before the exec, because
				  execve in a user namespace whose uid 0 is not mapped yet clears them all */
	int32_t descriptor_count;
	const int32_t *descriptors; /* become 0, 1, 2, FD_CHANNEL, FD_PLAN, FD_FIRST_SLOT, …; all others are closed */
};

struct spawn_result {
	int32_t pid;
	int32_t pidfd;
	int32_t error; /* errno, positive, of the step named by `stage` */
	int32_t stage; /* enum spawn_stage */
};

enum spawn_stage { SPAWN_DONE = 0, SPAWN_CLONE = 1, SPAWN_CAPABILITIES = 2, SPAWN_DESCRIPTORS = 3, SPAWN_EXEC = 4 };

_Static_assert(sizeof(struct spawn_request) == 32, "shared with C#");
_Static_assert(sizeof(struct spawn_result) == 16, "shared with C#");

#pragma GCC visibility push(default)

/* clone3(VM|VFORK|PIDFD|CLEAR_SIGHAND|…) and execveat; returns 0, or -1 with result->error and result->stage.
 */
int minirun_spawn(const struct spawn_request *request, struct spawn_result *result);

/* The bytes of minirun-init, linked into this library's read-only data, and the build id both sides carry. */
const void *minirun_init_image(size_t *size);
const uint8_t *minirun_build_id(void);

/*
 * From now on these signals, except those that are ignored, are written as one byte each (their number) to a
 * non-blocking pipe. 0, or -1 with errno.
 */
int minirun_forward_signals(const int32_t *signals, size_t count, int32_t descriptor);

/*
 * A process that does nothing, in new namespaces (CLONE_NEW*) and the caller's memory, or with 0 in the caller's
 * namespaces and memory of its own. The launcher uses /proc/PID, kills it by its pidfd and reaps it (__WALL); it dies
 * with the thread that made it. 0, or -1 with result->error and SPAWN_CLONE.
 */
int minirun_hold(uint64_t namespaces, struct spawn_result *result);

#pragma GCC visibility pop

#endif

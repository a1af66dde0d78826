#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/prctl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build_id.h"
#include "clone.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif
#define CHILD_STACK_SIZE 16384

/* What the child works on. It shares our memory, so it only ever writes `stage`, `error` and `descriptors`.
 */
struct child {
	const struct spawn_request *request;
	int32_t *descriptors;
	volatile int32_t stage;
	volatile int32_t error;
};

/* execve in a user namespace whose uid 0 is not mapped clears every capability but the ambient ones. */
static long keep_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{0}};

	long result = kernel_call(SYS_capget, (long)&header, (long)data, 0, 0, 0);
	if (result < 0)
		return result;
	data[0].inheritable = data[0].permitted;
	data[1].inheritable = data[1].permitted;
	result = kernel_call(SYS_capset, (long)&header, (long)data, 0, 0, 0);
	for (unsigned int i = 0; i < 64 && result >= 0; i++)
		if (data[i / 32].permitted & (1U << (i % 32)))
			result = kernel_call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0);
	return result;
}

static long move_above(int32_t *descriptor, int32_t bound)
{
	long moved = kernel_call(SYS_fcntl, *descriptor, F_DUPFD_CLOEXEC, bound, 0, 0);
	if (moved >= 0)
		*descriptor = (int32_t)moved;
	return moved;
}

/*
 * Descriptor i of the list becomes number i. A source may stand where another's target is, so those are moved
 * out of the way first; what is left above the list, the image too, closes at the exec.
 */
static long arrange_descriptors(struct child *child, int32_t *image)
{
	int32_t count = child->request->descriptor_count;
	long result = *image < count ? move_above(image, count) : 0;

	for (int32_t i = 0; i < count && result >= 0; i++)
		if (child->descriptors[i] < count && child->descriptors[i] != i)
			result = move_above(&child->descriptors[i], count);
	for (int32_t i = 0; i < count && result >= 0; i++)
		result = child->descriptors[i] == i ? kernel_call(SYS_fcntl, i, F_SETFD, 0, 0, 0)
						    : kernel_call(SYS_dup3, child->descriptors[i], i, 0, 0, 0);
	if (result >= 0)
		result = kernel_call(SYS_close_range, count, (long)~0U, CLOSE_RANGE_CLOEXEC, 0, 0);
	return result;
}

static void die(struct child *child, enum spawn_stage stage, long result)
{
	child->error = (int32_t)-result;
	child->stage = (int32_t)stage;
	for (;;)
		kernel_call(SYS_exit_group, 1, 0, 0, 0, 0);
}

/*
 * Runs in the child, on the parent's memory and thread-local storage but on a stack of its own: no libc call,
 * no errno. All signals stay blocked (minirun-init unblocks them), so no handler of .NET's can run here
 * either.
 */
static void child_main(void *argument)
{
	struct child *child = argument;
	static char name[] = "minirun-init";
	char *arguments[] = {name, NULL};
	char *environment[] = {NULL};
	int32_t image = child->request->image;
	long result = child->request->keep_capabilities ? keep_capabilities() : 0;

	if (result < 0)
		die(child, SPAWN_CAPABILITIES, result);
	result = arrange_descriptors(child, &image);
	if (result < 0)
		die(child, SPAWN_DESCRIPTORS, result);
	result = kernel_call(SYS_execveat, image, (long)"", (long)arguments, (long)environment, AT_EMPTY_PATH);
	die(child, SPAWN_EXEC, result);
}

static long clone_child(struct child *child, int *pidfd)
{
	_Alignas(16) unsigned char stack[CHILD_STACK_SIZE];
	int32_t cgroup = child->request->cgroup;
	struct clone_args arguments = {
		.flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_CLEAR_SIGHAND | child->request->namespaces,
		.pidfd = (uintptr_t)pidfd,
		.stack = (uintptr_t)stack,
		.stack_size = sizeof(stack),
	};
	if (cgroup >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)cgroup;
	}
	return minirun_clone3(&arguments, sizeof(arguments), child_main, child);
}

static long clone_with_signals_blocked(struct child *child, int *pidfd)
{
	unsigned long before = 0;

	block_signals(&before);
	long pid = clone_child(child, pidfd);
	restore_signals(&before);
	return pid;
}

static void reap(int pidfd)
{
	siginfo_t info;
	while (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &info, WEXITED | __WALL) < 0 && errno == EINTR)
		;
	close(pidfd);
}

static int refuse(struct spawn_result *result, enum spawn_stage stage, int error)
{
	*result = (struct spawn_result){.pid = -1, .pidfd = -1, .error = error, .stage = (int32_t)stage};
	return -1;
}

int minirun_spawn(const struct spawn_request *request, struct spawn_result *result)
{
	if (request->descriptor_count < 3)
		return refuse(result, SPAWN_DESCRIPTORS, EINVAL);
	size_t size = (size_t)request->descriptor_count * sizeof(int32_t);
	int32_t *descriptors = malloc(size);
	if (!descriptors)
		return refuse(result, SPAWN_DESCRIPTORS, ENOMEM);
	memcpy(descriptors, request->descriptors, size);

	struct child child = {.request = request, .descriptors = descriptors};
	int pidfd = -1;
	long pid = clone_with_signals_blocked(&child, &pidfd);
	free(descriptors);
	if (pid < 0)
		return refuse(result, SPAWN_CLONE, (int)-pid);
	if (child.stage != SPAWN_DONE) {
		reap(pidfd);
		return refuse(result, (enum spawn_stage)child.stage, child.error);
	}
	*result = (struct spawn_result){.pid = (int32_t)pid, .pidfd = pidfd};
	return 0;
}

const uint8_t *minirun_build_id(void)
{
	static const uint8_t build_id[] = MINIRUN_BUILD_ID;
	_Static_assert(sizeof(build_id) == 16, "PLAN_BUILD_ID_SIZE");
	return build_id;
}

extern const unsigned char minirun_init_start[] __attribute__((visibility("hidden")));
extern const unsigned char minirun_init_end[] __attribute__((visibility("hidden")));

const void *minirun_init_image(size_t *size)
{
	*size = (size_t)((uintptr_t)minirun_init_end - (uintptr_t)minirun_init_start);
	return minirun_init_start;
}

/*
 * A caller may have closed descriptor 0, 1 or 2. What is opened next would get its number: .NET's own files, or
 * the container's state, and the program would read or write those. So the gaps are filled before .NET starts.
 */
__attribute__((constructor)) static void fill_standard_descriptors(void)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (fcntl(i, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) != i)
			_exit(125);
}

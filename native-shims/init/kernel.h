/*
 * The kernel as minirun-init sees it: its own headers (musl has few of these numbers, and glibc's
 * <sys/mount.h> and <sched.h> clash with them), and one way to call it that gives 0 or a result, or -errno.
 */
#ifndef MINIRUN_KERNEL_H
#define MINIRUN_KERNEL_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In the kernel's own fs.h only. */
#define MNT_DETACH 0x2
/* Newer than the oldest headers this is built with; the number is the same on every architecture but alpha.
 */
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

/* The kernel's makedev for numbers that fit mknod(2): 12 bits of major, 20 of minor. */
#define DEVICE_NUMBER(major, minor)                                                                                    \
	((((uint64_t)(major)) << 8) | ((uint64_t)(minor)&0xff) | (((uint64_t)(minor)&0xfff00) << 12))
#define DEVICE_NULL DEVICE_NUMBER(1, 3)
#define DEVICE_PTMX DEVICE_NUMBER(5, 2)

_Static_assert(sizeof(struct mount_attr) == 32, "mount_setattr's first version");
_Static_assert(sizeof(struct open_how) == 24, "openat2's first version");
_Static_assert(sizeof(struct clone_args) >= 88, "clone3 with CLONE_INTO_CGROUP");

static inline int kernel_result(long result)
{
	if (result >= 0)
		return (int)result;
	return errno > 0 ? -errno : -EIO; /* a failure is never taken for success, whatever errno says */
}

/* Raw calls, so that nothing of libc stands between: KERNEL(openat2, fd, path, &how, sizeof(how)). */
#define KERNEL(name, ...) kernel_result(syscall(SYS_##name, ##__VA_ARGS__))

/* A child as fork makes it. Not clone3, which filters refuse because they cannot look into its arguments, and nothing of
 * libc's own. */
static inline int fork_child(void)
{
	return kernel_result(syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L));
}

static inline void close_descriptor(const int *descriptor)
{
	if (*descriptor >= 0)
		KERNEL(close, *descriptor);
}

static inline void drop(int *descriptor)
{
	close_descriptor(descriptor);
	*descriptor = -1;
}

/* A descriptor that is closed when its scope ends; keep() takes it out. */
#define SCOPED_FD __attribute__((cleanup(close_descriptor))) int

static inline int keep(int *descriptor)
{
	int kept = *descriptor;
	*descriptor = -1;
	return kept;
}

#endif

#include "path.h"
#include "procfs.h"
#include "steps.h"
#include "weaken.h"

#include <string.h>
#include <sys/vfs.h>

static int check_procfs(int descriptor)
{
	struct statfs status;
	int result = kernel_result(fstatfs(descriptor, &status));
	if (result < 0)
		return result;
	return status.f_type == PROC_SUPER_MAGIC || weakened(WEAK_PROCFS) ? 0 : -EXDEV;
}

static int new_procfs(void)
{
	SCOPED_FD configuration = KERNEL(fsopen, "proc", FSOPEN_CLOEXEC);
	if (configuration < 0)
		return configuration;
	int result = KERNEL(fsconfig, configuration, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	if (result < 0)
		return result;
	return KERNEL(fsmount, configuration, FSMOUNT_CLOEXEC,
		      MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
}

/* A procfs mount of our own, which nobody can mount anything over or swap (CVE-2025-52881). */
int open_procfs(struct context *context)
{
	SCOPED_FD procfs = new_procfs();
	/* A masked /proc outside, or a pid namespace that is not our user namespace's. */
	if (procfs == -EPERM)
		procfs = KERNEL(open_tree, AT_FDCWD, "/proc", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	if (procfs < 0)
		return failed(context, procfs, "fsmount", "proc");
	int result = check_procfs(procfs);
	if (result < 0)
		return failed_because(context, result, CAUSE_NOT_PROCFS, "fstatfs", "/proc");
	return keep(&procfs);
}

/* The kernel takes a value in one write or not at all. */
int write_procfs(struct context *context, int procfs, const char *path, const char *value)
{
	int result = check_procfs(procfs);
	if (result < 0)
		return failed_because(context, result, CAUSE_NOT_PROCFS, "fstatfs", path);
	SCOPED_FD file = path_open(procfs, path, O_WRONLY, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV);
	if (file < 0)
		return failed(context, file, "openat2", path);
	result = KERNEL(write, file, value, strlen(value));
	if (result < 0)
		return failed(context, result, "write", path);
	return (size_t)result == strlen(value) ? 0 : failed(context, -EIO, "write", path);
}

int step_open_procfs(struct context *context, const struct plan_step *step)
{
	int procfs = open_procfs(context);
	if (procfs < 0)
		return procfs;
	fill_slot(context, step->a, procfs);
	return 0;
}

int step_write_proc(struct context *context, const struct plan_step *step)
{
	SCOPED_FD named = weakened(WEAK_PROCFS) ? KERNEL(openat, AT_FDCWD, "/proc", O_PATH | O_CLOEXEC) : -1;
	int procfs = named < 0 ? slot(context, step->a) : named;
	return write_procfs(context, procfs, text(context, step, 0), text(context, step, 1));
}

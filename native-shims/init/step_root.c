#include "mounts.h"
#include "steps.h"

#include <sys/vfs.h>

int step_propagation(struct context *context, const struct plan_step *step)
{
	int result = KERNEL(mount, NULL, "/", NULL, (unsigned long)step->argument[0], NULL);
	return result < 0 ? failed(context, result, "mount", "propagation of /") : 0;
}

/*
 * The new root is moved over "/" and the two are exchanged in place: pivot_root(".", ".") needs no folder for
 * the old one, which then lies on top and is taken off. Precondition: propagation of "/" is not shared, or
 * pivot_root says EINVAL.
 */
int step_enter_root(struct context *context, const struct plan_step *step)
{
	int root = slot(context, step->a);
	int result = KERNEL(move_mount, root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH);

	if (result < 0)
		return failed(context, result, "move_mount", "the root");
	result = KERNEL(fchdir, root);
	if (result < 0)
		return failed(context, result, "fchdir", "the root");
	result = KERNEL(pivot_root, ".", ".");
	if (result < 0)
		return failed(context, result, "pivot_root", "the root");
	result = KERNEL(umount2, ".", MNT_DETACH);
	if (result < 0)
		return failed(context, result, "umount2", "the host's root");
	result = KERNEL(chdir, "/");
	if (result < 0)
		return failed(context, result, "chdir", "/");
	context->attached[step->a] = 1;
	return 0;
}

/* Read-back from inside: a root that should be read-only and is not must not run. */
int step_check_root(struct context *context, const struct plan_step *step)
{
	struct statfs status;
	int result = kernel_result(statfs("/", &status));

	if (result < 0)
		return failed(context, result, "statfs", "/");
	uint64_t missing = step->argument[0] & ~(uint64_t)status.f_flags;
	if (missing) {
		context->value = (uint32_t)missing;
		return failed_because(context, -EPERM, CAUSE_ROOT_FLAGS, "statfs", "/");
	}
	return 0;
}

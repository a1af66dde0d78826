#include "mounts.h"
#include "path.h"
#include "steps.h"
#include "weaken.h"

/* A path to hide or protect that is not there needs neither. */
static bool is_missing(int result)
{
	return result == -ENOENT || result == -ENOTDIR;
}

static int is_null_device(int descriptor)
{
	struct stat status;
	int result = kernel_result(fstat(descriptor, &status));
	if (result < 0)
		return result;
	return S_ISCHR(status.st_mode) && status.st_rdev == DEVICE_NULL;
}

/*
 * A file gets /dev/null on top, a directory the empty tmpfs. The null device is looked at, not believed: a
 * rootfs may offer anything by that name (CVE-2025-31133).
 */
int step_mask_path(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	SCOPED_FD target = path_in_root(slot(context, step->a), path, 0);
	struct stat status;

	if (target < 0)
		return is_missing(target) ? 0 : failed(context, target, "openat2", path);
	int result = kernel_result(fstat(target, &status));
	if (result < 0)
		return failed(context, result, "fstat", path);
	int16_t mask = S_ISDIR(status.st_mode) ? step->c : step->b;
	if (mask == step->b) {
		result = is_null_device(slot(context, mask));
		if (result <= 0)
			return failed_because(context, result < 0 ? result : -ENODEV, CAUSE_WRONG_NODE, "fstat",
					      "/dev/null");
	}
	result = attach_slot(context, mask, target);
	return result < 0 ? failed(context, result, "move_mount", path) : 0;
}

/* How it must not be done: three look-ups of one path, between which somebody may exchange what it names. */
static int protect_by_name(int root, const char *path)
{
	SCOPED_FD source = path_in_root(root, path, 0);
	SCOPED_FD tree = source < 0 ? source : clone_tree(source);
	SCOPED_FD target = tree < 0 ? tree : path_in_root(root, path, 0);
	int result = target < 0 ? target
				: KERNEL(move_mount, tree, "", target, "",
					 MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
	SCOPED_FD mount = result < 0 ? result : path_in_root(root, path, 0);
	return mount < 0 ? mount : set_attributes(mount, MOUNT_ATTR_RDONLY, 0, 0, true);
}

/* The same descriptor is cloned, made read-only and mounted on, so nothing can be swapped in between. */
int step_readonly_path(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	SCOPED_FD target = path_in_root(slot(context, step->a), path, 0);

	if (target < 0)
		return is_missing(target) ? 0 : failed(context, target, "openat2", path);
	if (weakened(WEAK_READONLY)) {
		int weak = protect_by_name(slot(context, step->a), path);
		return weak < 0 ? failed(context, weak, "mount_setattr", path) : 0;
	}
	SCOPED_FD tree = clone_tree(target);
	if (tree < 0)
		return failed(context, tree, "open_tree", path);
	int result = set_attributes(tree, MOUNT_ATTR_RDONLY, 0, 0, true);
	if (result < 0)
		return failed(context, result, "mount_setattr", path);
	result = KERNEL(move_mount, tree, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
	return result < 0 ? failed(context, result, "move_mount", path) : 0;
}

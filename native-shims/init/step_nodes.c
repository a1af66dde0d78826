#include "path.h"
#include "steps.h"

#include <string.h>

static int check_node(int node, const struct plan_step *step)
{
	struct stat status;
	int result = kernel_result(fstat(node, &status));

	if (result < 0)
		return result;
	if ((status.st_mode & S_IFMT) != (step->argument[0] & S_IFMT))
		return -EEXIST;
	bool is_device = S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode);
	return is_device && status.st_rdev != step->argument[1] ? -EEXIST : 0;
}

static int make_node(int parent, const char *name, const struct plan_step *step)
{
	mode_t before = umask(0);
	int result = KERNEL(mknodat, parent, name, (unsigned int)step->argument[0], (unsigned int)step->argument[1]);
	umask(before);
	return result;
}

/*
 * The node that was made, or found, is opened without following anything and looked at before it is given
 * away: what stands under a device's name may be anything.
 */
int step_make_node(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	char name[NAME_MAX + 1];
	SCOPED_FD parent = path_parent(slot(context, step->a), path, name);

	if (parent < 0)
		return failed(context, parent, "openat2", path);
	int result = make_node(parent, name, step);
	bool existed = result == -EEXIST;
	if (result < 0 && !existed)
		return failed(context, result, "mknodat", path);
	SCOPED_FD node = path_open(parent, name, O_PATH | O_NOFOLLOW, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
	if (node < 0)
		return failed(context, node, "openat2", path);
	result = check_node(node, step);
	if (result < 0)
		return failed_because(context, result, CAUSE_WRONG_NODE, "mknodat", path);
	if (existed)
		return 0;
	result = KERNEL(fchownat, node, "", (unsigned int)step->argument[2], (unsigned int)step->argument[3],
			AT_EMPTY_PATH);
	return result < 0 ? failed(context, result, "fchownat", path) : 0;
}

static bool is_link_to(int parent, const char *name, const char *target)
{
	char there[PATH_MAX];
	int size = KERNEL(readlinkat, parent, name, there, sizeof(there));
	return size >= 0 && (size_t)size == strlen(target) && memcmp(there, target, (size_t)size) == 0;
}

int step_make_symlink(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0), *target = text(context, step, 1);
	char name[NAME_MAX + 1];
	SCOPED_FD parent = path_parent(slot(context, step->a), path, name);

	if (parent < 0)
		return failed(context, parent, "openat2", path);
	int result = KERNEL(symlinkat, target, parent, name);
	if (result == -EEXIST)
		return is_link_to(parent, name, target)
			       ? 0
			       : failed_because(context, result, CAUSE_WRONG_NODE, "symlinkat", path);
	return result < 0 ? failed(context, result, "symlinkat", path) : 0;
}

#include "mounts.h"
#include "path.h"
#include "steps.h"

#include <string.h>

/* A device of the host that stands in for a node must be that node: type and number, where the plan gives them. */
static int check_node(int tree, uint64_t type, uint64_t device)
{
	struct stat status;

	if (type == 0 && device == 0)
		return 0;
	int result = kernel_result(fstat(tree, &status));
	if (result < 0)
		return result;
	return (status.st_mode & S_IFMT) == type && status.st_rdev == device ? 0 : -ENODEV;
}

/* A path whose symlinks were resolved before: whoever may write on its way can have put one there since. */
static int clone_resolved(const char *path, unsigned int flags)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
	SCOPED_FD place = KERNEL(openat2, AT_FDCWD, path, &how, sizeof(how));

	return place < 0 ? place : KERNEL(open_tree, place, "", flags | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
}

/*
 * Before the root is left: the only paths of the host that are ever opened here. argument0 == 0 opens the directory
 * itself (exec's root slot) where anything else clones its mount.
 */
int step_open_tree(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	unsigned int flags = (unsigned int)step->argument[0];
	SCOPED_FD tree = step->argument[3] ? clone_resolved(path, flags)
			 : flags	   ? KERNEL(open_tree, AT_FDCWD, path, flags | OPEN_TREE_CLOEXEC)
					   : KERNEL(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (tree < 0)
		return failed(context, tree, flags ? "open_tree" : "openat", path);
	int result = check_node(tree, step->argument[1], step->argument[2]);
	if (result < 0)
		return failed_because(context, result, CAUSE_WRONG_NODE, "fstat", path);
	fill_slot(context, step->a, keep(&tree));
	return 0;
}

int set_attributes(int mount, uint64_t set, uint64_t clear, uint64_t propagation, bool recursive)
{
	struct mount_attr attributes = {.attr_set = set, .attr_clr = clear, .propagation = propagation};
	unsigned int flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
	return KERNEL(mount_setattr, mount, "", flags, &attributes, sizeof(attributes));
}

int clone_tree(int tree)
{
	return KERNEL(open_tree, tree, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE);
}

/* What the file system itself said is wrong: the last error ("e …") of its context's log, or NULL. */
static const char *last_complaint(int configuration, char *line, size_t size)
{
	const char *complaint = NULL;
	ssize_t length;

	while ((length = read(configuration, line, size - 1)) > 0) {
		line[length] = '\0';
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "e ", 2) == 0)
			complaint = line + 2;
	}
	return complaint;
}

/* Not snprintf, which would be a third of the program's size. */
static void add_words(char object[MESSAGE_DETAIL_SIZE], const char *words)
{
	size_t used = strlen(object);
	strncat(object, words, MESSAGE_DETAIL_SIZE - 1 - used);
}

static int mount_refused(struct context *context, int result, const char *call, int configuration, const char *type,
			 const char *what)
{
	char line[256], object[MESSAGE_DETAIL_SIZE] = "";
	const char *complaint = configuration < 0 ? NULL : last_complaint(configuration, line, sizeof(line));

	add_words(object, type);
	if (*what) {
		add_words(object, " ");
		add_words(object, what);
	}
	if (complaint) {
		add_words(object, ": ");
		add_words(object, complaint);
	}
	return failed(context, result, call, object);
}

/* One option: "key=value" is a string, "key" alone a flag. */
static int configure(int configuration, const char *option)
{
	const char *value = strchr(option, '=');
	char key[NAME_MAX + 1];

	if (!value)
		return KERNEL(fsconfig, configuration, FSCONFIG_SET_FLAG, option, NULL, 0);
	if ((size_t)(value - option) > NAME_MAX)
		return -EINVAL;
	memcpy(key, option, (size_t)(value - option));
	key[value - option] = '\0';
	return KERNEL(fsconfig, configuration, FSCONFIG_SET_STRING, key, value + 1, 0);
}

static int new_mount(struct context *context, const struct plan_step *step, const char *type)
{
	SCOPED_FD configuration = KERNEL(fsopen, type, FSOPEN_CLOEXEC);
	const char *source = text(context, step, 1);
	const char *options = (const char *)plan_blob(&context->plan, step);
	const char *end = options + step->blob_size;
	int result;

	if (configuration < 0)
		return mount_refused(context, configuration, "fsopen", -1, type, "");
	if (*source) {
		result = KERNEL(fsconfig, configuration, FSCONFIG_SET_STRING, "source", source, 0);
		if (result < 0)
			return mount_refused(context, result, "fsconfig", configuration, type, source);
	}
	for (const char *option = options; option < end; option += strlen(option) + 1) {
		result = configure(configuration, option);
		if (result < 0)
			return mount_refused(context, result, "fsconfig", configuration, type, option);
	}
	result = KERNEL(fsconfig, configuration, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	if (result < 0)
		return mount_refused(context, result, "fsconfig", configuration, type, "");
	result = KERNEL(fsmount, configuration, FSMOUNT_CLOEXEC, (unsigned int)step->argument[0]);
	return result < 0 ? mount_refused(context, result, "fsmount", configuration, type, "") : result;
}

/*
 * proc and sysfs are refused with EPERM where the host's own is partly hidden (mount_too_revealing) or the
 * pid or network namespace is not ours; a recursive clone of the host's then takes their place, with the same
 * attributes.
 */
static int clone_of_hosts(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 2);
	SCOPED_FD tree = KERNEL(open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);

	if (tree < 0)
		return failed(context, tree, "open_tree", path);
	int result = set_attributes(tree, step->argument[0], 0, 0, true);
	return result < 0 ? failed(context, result, "mount_setattr", path) : keep(&tree);
}

int step_new_mount(struct context *context, const struct plan_step *step)
{
	const char *type = text(context, step, 0);

	/* Configs written for v1 ask for "cgroup"; minirun knows v2 only. */
	int mount = new_mount(context, step, strcmp(type, "cgroup") == 0 ? "cgroup2" : type);
	if (mount == -EPERM && step->argument[1] == 1)
		mount = clone_of_hosts(context, step);
	if (mount < 0)
		return mount;
	fill_slot(context, step->a, mount);
	return 0;
}

int step_mount_attributes(struct context *context, const struct plan_step *step)
{
	int result = set_attributes(slot(context, step->a), step->argument[0], step->argument[1], step->argument[2],
				    step->argument[3] == 1);
	return result < 0 ? failed(context, result, "mount_setattr", text(context, step, 0)) : 0;
}

/*
 * A detached mount cannot be cloned before 6.15, so the first use of a slot moves its mount into the tree and
 * every later one clones it from there.
 */
int attach_slot(struct context *context, int16_t number, int target)
{
	SCOPED_FD clone = -1;
	int mount = slot(context, number);

	if (context->attached[number]) {
		clone = clone_tree(mount);
		if (clone < 0)
			return clone;
		mount = clone;
	}
	int result = KERNEL(move_mount, mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
	if (result == 0)
		context->attached[number] = 1;
	return result;
}

static int kind_of_mount(int mount, enum path_kind *kind)
{
	struct stat status;
	int result = kernel_result(fstat(mount, &status));
	*kind = result == 0 && S_ISDIR(status.st_mode) ? PATH_DIRECTORY : PATH_FILE;
	return result;
}

int step_attach(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	uint64_t resolve = step->flags & ATTACH_NO_SYMLINKS ? RESOLVE_NO_SYMLINKS : 0;
	enum path_kind kind;

	int result = kind_of_mount(slot(context, step->b), &kind);
	if (result < 0)
		return failed(context, result, "fstat", path);
	SCOPED_FD target = step->flags & ATTACH_NO_CREATE
				   ? path_in_root(slot(context, step->a), path, resolve)
				   : path_make(slot(context, step->a), path, kind, resolve, NULL);
	if (target == -ELOOP && resolve)
		return failed_because(context, target, CAUSE_SYMLINK_REFUSED, "openat2", path);
	if (target < 0)
		return failed(context, target, "openat2", path);
	result = attach_slot(context, step->b, target);
	return result < 0 ? failed(context, result, "move_mount", path) : 0;
}

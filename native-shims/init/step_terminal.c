#include "path.h"
#include "report.h"
#include "steps.h"
#include "weaken.h"

#include <sys/ioctl.h>
#include <sys/vfs.h>

/* The container's own devpts, looked at: a rootfs may offer anything as /dev/pts/ptmx. */
static int open_master(struct context *context, int root)
{
	SCOPED_FD master = path_open(root, "dev/pts/ptmx", O_RDWR | O_NOCTTY,
				     RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
	struct statfs file_system;
	struct stat status;

	if (master < 0)
		return failed(context, master, "openat2", "/dev/pts/ptmx");
	int result = kernel_result(fstatfs(master, &file_system));
	if (result >= 0)
		result = kernel_result(fstat(master, &status));
	if (result < 0)
		return failed(context, result, "fstat", "/dev/pts/ptmx");
	if (file_system.f_type != DEVPTS_SUPER_MAGIC || !S_ISCHR(status.st_mode) || status.st_rdev != DEVICE_PTMX)
		return failed_because(context, -ENODEV, CAUSE_WRONG_NODE, "fstatfs", "/dev/pts/ptmx");
	return keep(&master);
}

/* The other side is asked of the master, never opened by name: /dev/pts/N can be swapped (CVE-2025-52565). */
static int open_peer(struct context *context, int master)
{
	int unlocked = 0;
	int result = KERNEL(ioctl, master, TIOCSPTLCK, &unlocked);
	if (result < 0)
		return failed(context, result, "ioctl TIOCSPTLCK", "terminal");
	result = KERNEL(ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	return result < 0 ? failed(context, result, "ioctl TIOCGPTPEER", "terminal") : result;
}

static int set_up_peer(struct context *context, int peer, const struct plan_step *step)
{
	struct winsize size = {.ws_row = (unsigned short)step->argument[0],
			       .ws_col = (unsigned short)step->argument[1]};
	int result = KERNEL(fchown, peer, (unsigned int)step->argument[2], -1);

	if (result < 0)
		return failed(context, result, "fchown", "terminal");
	if (size.ws_row == 0 && size.ws_col == 0)
		return 0;
	result = KERNEL(ioctl, peer, TIOCSWINSZ, &size);
	return result < 0 ? failed(context, result, "ioctl TIOCSWINSZ", "terminal") : 0;
}

static int clone_peer(int peer)
{
	/* The first one of a devpts of its own. */
	if (weakened(WEAK_TERMINAL))
		return KERNEL(open_tree, AT_FDCWD, "/dev/pts/0", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	return KERNEL(open_tree, peer, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
}

static int bind_console(struct context *context, int root, int peer)
{
	SCOPED_FD clone = clone_peer(peer);
	if (clone < 0)
		return failed(context, clone, "open_tree", "terminal");
	SCOPED_FD target = path_make(root, "dev/console", PATH_FILE, RESOLVE_NO_SYMLINKS, NULL);
	if (target < 0)
		return failed(context, target, "openat2", "/dev/console");
	int result = KERNEL(move_mount, clone, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
	return result < 0 ? failed(context, result, "move_mount", "/dev/console") : 0;
}

/* Precondition: setsid; only a session's leader without a terminal can get one. */
static int take_over(struct context *context, int peer)
{
	for (int i = 0; i < 3; i++) {
		int result = KERNEL(dup3, peer, i, 0);
		if (result < 0)
			return failed(context, result, "dup3", "terminal");
	}
	int result = KERNEL(ioctl, STDIN_FILENO, TIOCSCTTY, 0);
	return result < 0 ? failed(context, result, "ioctl TIOCSCTTY", "terminal") : 0;
}

int step_open_terminal(struct context *context, const struct plan_step *step)
{
	int root = slot(context, step->a);
	SCOPED_FD master = open_master(context, root);
	if (master < 0)
		return master;
	SCOPED_FD peer = open_peer(context, master);
	if (peer < 0)
		return peer;
	int result = set_up_peer(context, peer, step);
	if (result < 0)
		return result;
	if (step->argument[3] == 1) {
		result = bind_console(context, root, peer);
		if (result < 0)
			return result;
	}
	result = report_send(context, SEND_TERMINAL, master);
	if (result < 0)
		return failed(context, result, "sendmsg", "terminal");
	return take_over(context, peer);
}

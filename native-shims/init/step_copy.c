#include "path.h"
#include "steps.h"

#include <string.h>
#include <sys/sendfile.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

/* Two descriptors a level; an image's folders are not deeper, a hostile one's end here. */
#define DEEPEST 128
#define XATTR_MAXIMUM 65536

struct linux_dirent64 {
	uint64_t d_ino;
	int64_t d_off;
	uint16_t d_reclen;
	uint8_t d_type;
	char d_name[];
};

static int copy_attribute(int from, int to, const char *name)
{
	char value[XATTR_MAXIMUM];
	ssize_t size = fgetxattr(from, name, value, sizeof(value));

	if (size < 0)
		return -errno;
	int result = kernel_result(fsetxattr(to, name, value, (size_t)size, 0));
	/* tmpfs has user attributes since 6.6; those of the kernel (capabilities, labels, lists of access) must not be
	 * lost. */
	return result == -EOPNOTSUPP && strncmp(name, "user.", 5) == 0 ? 0 : result;
}

static int copy_attributes(int from, int to)
{
	char names[XATTR_MAXIMUM];
	ssize_t size = flistxattr(from, names, sizeof(names));

	if (size < 0)
		return errno == EOPNOTSUPP ? 0 : -errno;
	for (const char *name = names; name < names + size; name += strlen(name) + 1) {
		int result = copy_attribute(from, to, name);
		if (result < 0)
			return result;
	}
	return 0;
}

/* Owner before mode and capabilities, which a change of owner takes away; times last. */
static int copy_status(int from, int to, const struct stat *status)
{
	const struct timespec times[] = {status->st_atim, status->st_mtim};

	int result = KERNEL(fchown, to, status->st_uid, status->st_gid);
	if (result == 0)
		result = KERNEL(fchmod, to, status->st_mode & 07777);
	if (result == 0)
		result = copy_attributes(from, to);
	return result < 0 ? result : kernel_result(futimens(to, times));
}

static int copy_file(int from, int into, const char *name, const struct stat *status)
{
	SCOPED_FD to = KERNEL(openat, into, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	ssize_t copied;

	if (to < 0)
		return to;
	do
		copied = sendfile(to, from, NULL, 1U << 30);
	while (copied > 0 || (copied < 0 && errno == EINTR));
	return copied < 0 ? -errno : copy_status(from, to, status);
}

static int copy_link(int folder, int into, const char *name)
{
	char target[PATH_MAX];
	int length = KERNEL(readlinkat, folder, name, target, sizeof(target) - 1);

	if (length < 0)
		return length;
	target[length] = '\0';
	return KERNEL(symlinkat, target, into, name);
}

/* A link, device, pipe or socket: made anew, never opened. */
static int copy_node(int folder, int into, const char *name, const struct stat *status)
{
	int result = S_ISLNK(status->st_mode) ? copy_link(folder, into, name)
					      : kernel_result(mknodat(into, name, status->st_mode, status->st_rdev));
	if (result < 0)
		return result;
	result = KERNEL(fchownat, into, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW);
	/* Nobody else can reach the new mount, so what has this name is what was just made. */
	return result < 0 || S_ISLNK(status->st_mode) ? result : KERNEL(fchmodat, into, name, status->st_mode & 07777);
}

static int copy_folder(int from, int to, unsigned int depth, char *where);

static int copy_subfolder(int from, int into, const char *name, const struct stat *status, unsigned int depth,
			  char *where)
{
	int result = KERNEL(mkdirat, into, name, 0700);
	if (result < 0)
		return result;
	SCOPED_FD to = KERNEL(openat, into, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (to < 0)
		return to;
	result = copy_folder(from, to, depth + 1, where);
	return result < 0 ? result : copy_status(from, to, status);
}

/*
 * One entry, opened once without following anything and without leaving the file system of the folder. What it is
 * is asked of the descriptor, so that nobody can exchange it meanwhile.
 */
static int copy_entry(int folder, int into, const char *name, unsigned int depth, char *where)
{
	struct stat status;
	int result = kernel_result(fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW));

	if (result < 0)
		return result == -ENOENT ? 0 : result;
	if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode))
		return copy_node(folder, into, name, &status);
	SCOPED_FD from = path_open(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
				   RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
	/* Something is mounted here: the folder is there, what is in it belongs to that mount. */
	if (from == -EXDEV)
		return S_ISDIR(status.st_mode) ? KERNEL(mkdirat, into, name, 0755) : 0;
	if (from < 0)
		return from;
	result = kernel_result(fstat(from, &status));
	if (result < 0)
		return result;
	if (S_ISDIR(status.st_mode))
		return copy_subfolder(from, into, name, &status, depth, where);
	return S_ISREG(status.st_mode) ? copy_file(from, into, name, &status) : -ESTALE;
}

/* Where it failed is told by the innermost name. */
static int copy_names(int from, int to, const char *buffer, int size, unsigned int depth, char *where)
{
	for (int offset = 0; offset < size;) {
		const struct linux_dirent64 *entry = (const struct linux_dirent64 *)(const void *)(buffer + offset);
		offset += entry->d_reclen;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		int result = copy_entry(from, to, entry->d_name, depth, where);
		if (result < 0 && *where == '\0')
			strncpy(where, entry->d_name, NAME_MAX);
		if (result < 0)
			return result;
	}
	return 0;
}

static int copy_folder(int from, int to, unsigned int depth, char *where)
{
	_Alignas(struct linux_dirent64) char buffer[4096];
	int size;

	if (depth == DEEPEST)
		return -ELOOP;
	while ((size = KERNEL(getdents64, from, buffer, sizeof(buffer))) > 0) {
		int result = copy_names(from, to, buffer, size, depth, where);
		if (result < 0)
			return result;
	}
	return size;
}

/* Precondition: b is attached nowhere yet, so that its destination still shows what is to be copied. */
int step_copy_up(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	char where[NAME_MAX + 1] = "";
	struct stat status;

	SCOPED_FD place = path_in_root(slot(context, step->a), path, 0);
	if (place == -ENOENT)
		return 0;
	if (place < 0)
		return failed(context, place, "openat2", path);
	SCOPED_FD from = KERNEL(openat, place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (from < 0)
		return failed(context, from, "openat", path);
	SCOPED_FD to = KERNEL(openat, slot(context, step->b), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (to < 0)
		return failed(context, to, "openat", path);
	int result = copy_folder(from, to, 0, where);
	if (result < 0)
		return failed(context, result, "copy", *where ? where : path);
	result = kernel_result(fstat(from, &status));
	if (result == 0 && step->argument[0] == 1)
		result = copy_status(from, to, &status);
	return result < 0 ? failed(context, result, "copy", path) : 0;
}

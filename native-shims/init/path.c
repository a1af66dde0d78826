#include "path.h"
#include "weaken.h"

#include <string.h>
#include <sys/vfs.h>

/* As many as the kernel follows itself (MAXSYMLINKS). */
#define DANGLING_LINKS_MAX 40
/* ".." in a path makes openat2 say EAGAIN whenever anything is renamed or mounted meanwhile: a container that
 * wants to can do that for ever, so give up at some point. */
#define RACES_MAX 1000

int path_open(int directory, const char *path, uint64_t flags, uint64_t resolve)
{
	struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = resolve};
	int result, races = 0;

	if (weakened(WEAK_PATHS)) {
		how.resolve = 0;
		path += strspn(path, "/");
		path = *path ? path : ".";
	}
	do
		result = KERNEL(openat2, directory, path, &how, sizeof(how));
	while (result == -EINTR || (result == -EAGAIN && ++races < RACES_MAX));
	return result;
}

int path_in_root(int root, const char *path, uint64_t extra_resolve)
{
	return path_open(root, path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | extra_resolve);
}

/* A path under work: `done` bytes of it are open, the rest is being made. */
struct walk {
	char path[PATH_MAX];
	size_t done;
	bool made;
};

static int walk_start(struct walk *walk, const char *path)
{
	size_t size = strlen(path);

	while (size > 1 && path[size - 1] == '/')
		size--;
	if (size == 0)
		return -ENOENT;
	if (size >= sizeof(walk->path))
		return -ENAMETOOLONG;
	memcpy(walk->path, path, size);
	walk->path[size] = '\0';
	walk->done = size;
	walk->made = false;
	return 0;
}

/* Opens the longest part of the path that exists; walk->done says how long it is. */
static int open_existing_part(int root, struct walk *walk, uint64_t extra_resolve)
{
	for (;;) {
		char cut = walk->path[walk->done];
		walk->path[walk->done] = '\0';
		int directory = path_in_root(root, walk->done ? walk->path : "/", extra_resolve);
		walk->path[walk->done] = cut;
		if (directory != -ENOENT || walk->done == 0)
			return directory;
		while (walk->done > 0 && walk->path[walk->done - 1] != '/')
			walk->done--;
		while (walk->done > 0 && walk->path[walk->done - 1] == '/')
			walk->done--;
	}
}

/* Replaces the component at `start` (length `size`), a dangling symlink, by its target. */
static int substitute_link(struct walk *walk, int link, size_t start, size_t size)
{
	char target[PATH_MAX], path[PATH_MAX];
	int length = KERNEL(readlinkat, link, "", target, sizeof(target));
	const char *rest = walk->path + start + size;
	size_t rest_size = strlen(rest);

	if (length < 0)
		return length;
	size_t prefix = target[0] == '/' ? 0 : start;
	if (prefix + (size_t)length + rest_size >= sizeof(path))
		return -ENAMETOOLONG;
	memcpy(path, walk->path, prefix);
	memcpy(path + prefix, target, (size_t)length);
	memcpy(path + prefix + length, rest, rest_size + 1);
	return walk_start(walk, path);
}

static int make_component(int directory, const char *name, enum path_kind kind, bool *made)
{
	int result = kind == PATH_DIRECTORY ? KERNEL(mkdirat, directory, name, 0755)
					    : KERNEL(mknodat, directory, name, S_IFREG | 0644, 0);
	*made = result == 0;
	if (result < 0 && result != -EEXIST)
		return result;
	/* Whatever stands there now, whoever made it: opened without following anything. */
	return path_open(directory, name, O_PATH | O_NOFOLLOW, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
}

static bool is_symlink(int descriptor)
{
	struct stat status;
	return kernel_result(fstat(descriptor, &status)) == 0 && S_ISLNK(status.st_mode);
}

/*
 * A link of procfs that the kernel did not follow is a magic one: of a descriptor, possibly one that was opened a
 * moment ago to make this very path (/proc/self/fd/4 was missing until then). Its text names no file in the root.
 */
static bool is_magic_link(int link)
{
	struct statfs status;
	return kernel_result(fstatfs(link, &status)) < 0 || status.f_type == PROC_SUPER_MAGIC;
}

/* Makes what is missing below `directory`, which it closes. -ESTALE: a link was put into the path, begin
 * again. */
static int make_rest(struct walk *walk, int directory, enum path_kind kind, bool follow)
{
	while (walk->path[walk->done] != '\0') {
		SCOPED_FD parent = directory;
		char name[NAME_MAX + 1];
		size_t start = walk->done + strspn(walk->path + walk->done, "/");
		size_t size = strcspn(walk->path + start, "/");
		bool last = walk->path[start + size] == '\0';

		if (size > NAME_MAX)
			return -ENAMETOOLONG;
		memcpy(name, walk->path + start, size);
		name[size] = '\0';
		/* ".." of something that does not exist: no file system would find it either. */
		if (strcmp(name, "..") == 0)
			return -ENOENT;
		directory = make_component(parent, name, last ? kind : PATH_DIRECTORY, &walk->made);
		if (directory < 0)
			return directory;
		if (is_symlink(directory)) {
			SCOPED_FD link = directory;
			int result = follow && !is_magic_link(link) ? substitute_link(walk, link, start, size) : -ELOOP;
			return result < 0 ? result : -ESTALE;
		}
		walk->done = start + size;
	}
	return directory;
}

int path_make(int root, const char *path, enum path_kind kind, uint64_t extra_resolve, bool *made)
{
	struct walk walk;
	int result = walk_start(&walk, path);

	if (result < 0)
		return result;
	for (int links = 0; links <= DANGLING_LINKS_MAX; links++) {
		result = open_existing_part(root, &walk, extra_resolve);
		if (result < 0)
			return result;
		result = make_rest(&walk, result, kind, !(extra_resolve & RESOLVE_NO_SYMLINKS));
		if (result != -ESTALE) {
			if (made)
				*made = walk.made;
			return result;
		}
	}
	return -ELOOP;
}

int path_parent(int root, const char *path, char *name)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const char *last = slash ? slash + 1 : path;
	size_t size = slash ? (size_t)(slash - path) : 0, name_size = strlen(last);

	if (*last == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
		return -EINVAL;
	if (name_size > NAME_MAX || size >= sizeof(parent) - 1)
		return -ENAMETOOLONG;
	memcpy(name, last, name_size + 1);
	memcpy(parent, path, size);
	memcpy(parent + size, "/", sizeof("/"));
	return path_make(root, parent, PATH_DIRECTORY, 0, NULL);
}

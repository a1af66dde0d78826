/* Paths inside the container's root: resolved once, by the kernel, never out of it; from then on descriptors
 * only. */
#ifndef MINIRUN_PATH_H
#define MINIRUN_PATH_H

#include "kernel.h"

/* openat2 with these open flags (O_CLOEXEC is added) and RESOLVE_* flags; a descriptor or -errno. */
int path_open(int directory, const char *path, uint64_t flags, uint64_t resolve);

/* The same below a root: absolute paths and "..", also in symlinks, stay inside; magic links are refused.
 * O_PATH. */
int path_in_root(int root, const char *path, uint64_t extra_resolve);

enum path_kind { PATH_DIRECTORY, PATH_FILE };

/*
 * Like path_in_root, making what is missing: directories of mode 0755 and, for PATH_FILE, an empty file of
 * mode 0644. With RESOLVE_NO_SYMLINKS in `extra_resolve` nothing is made through a symlink either. `made` (if
 * given) tells whether the last component is new. A dangling symlink's target is made inside the root.
 */
int path_make(int root, const char *path, enum path_kind kind, uint64_t extra_resolve, bool *made);

/*
 * The directory of the path's last component, made where missing, and in `name` (NAME_MAX + 1 bytes) that
 * component. Fails with -EINVAL where there is none or it is "." or "..".
 */
int path_parent(int root, const char *path, char *name);

#endif

/* Every write to /proc goes through a private procfs that is checked to be one. */
#ifndef MINIRUN_PROCFS_H
#define MINIRUN_PROCFS_H

#include "context.h"

/* A private procfs of the current pid namespace, or -errno (noted). */
int open_procfs(struct context *context);

/* Writes a value to a path below it; 0 or -errno (noted). */
int write_procfs(struct context *context, int procfs, const char *path, const char *value);

#endif

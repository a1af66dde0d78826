/* What several steps do with mounts; each gives a descriptor or 0, or -errno. */
#ifndef MINIRUN_MOUNTS_H
#define MINIRUN_MOUNTS_H

#include "context.h"

/* mount_setattr on the mount itself. */
int set_attributes(int mount, uint64_t set, uint64_t clear, uint64_t propagation, bool recursive);

/* A detached, recursive clone of the tree at a descriptor. */
int clone_tree(int tree);

/* Puts a slot's mount on a target; the same slot may be used again and again. */
int attach_slot(struct context *context, int16_t number, int target);

#endif

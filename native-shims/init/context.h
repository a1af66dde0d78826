/* What a running plan knows, and how a handler says what went wrong. */
#ifndef MINIRUN_CONTEXT_H
#define MINIRUN_CONTEXT_H

#include "decode.h"
#include "kernel.h"

#include <sys/resource.h>

struct context {
	struct plan plan;
	uint32_t index; /* of the step at work */
	int channel;
	bool awaits_maps; /* dumpable until a user namespace of ours is mapped */
	int gate;	  /* the pipe that VERIFY fills; -1 before START */

	/* What to execute, and what ails it though a kernel might still run it (binfmt_misc). */
	char program[PATH_MAX];
	uint32_t program_cause;
	uint32_t program_value;
	char **arguments; /* NULL until START */
	char **environment;

	/* RLIMIT_NOFILE to be lowered to once no more descriptors are received. */
	bool descriptor_limit_pending;
	struct rlimit descriptor_limit;

	/* The failure being reported. */
	uint32_t cause;
	uint32_t value;
	uint32_t detail_size;
	char detail[MESSAGE_DETAIL_SIZE];

	uint8_t attached[PLAN_MAX_SLOTS]; /* 1: the slot's mount is in the tree; clone it from there */
	int slots[PLAN_MAX_SLOTS];
};

static inline const char *text(const struct context *context, const struct plan_step *step, int number)
{
	return plan_text(&context->plan, step, number);
}

static inline int slot(const struct context *context, int16_t number)
{
	return number < 0 ? -1 : context->slots[number];
}

/* Gives a slot its descriptor, closing what it held. */
void fill_slot(struct context *context, int16_t number, int descriptor);

/*
 * mmap beside the program, so that the mapping shares its page tables: elsewhere they would take three pages
 * more of the container's memory. Each caller has an offset of its own; where that is taken, the kernel
 * chooses.
 */
enum { NEARBY_ARGUMENTS = 0x10000, NEARBY_PLAN = 0x20000 };
void *map_nearby(size_t offset, size_t size, int protection, int flags, int descriptor);

/* Notes the call and the object a step failed at and returns `result`, a negative errno, for the handler to
 * return. */
int failed(struct context *context, int result, const char *call, const char *object);

/* The same where errno alone would mislead. */
int failed_because(struct context *context, int result, enum cause cause, const char *call, const char *object);

#endif

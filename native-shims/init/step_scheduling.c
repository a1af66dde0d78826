/* How the kernel runs the program and where: all of it outlives execve. */
#include "steps.h"

#include <linux/sched/types.h>

#define SCHED_ATTR_FIRST_SIZE 48 /* SCHED_ATTR_SIZE_VER0 */
#define IOPRIO_WHO_PROCESS 1
#define PERSONALITY_ASK 0xffffffffU
#define BITS_PER_BYTE 8

int step_scheduler(struct context *context, const struct plan_step *step)
{
	if (step->blob_size != SCHED_ATTR_FIRST_SIZE)
		return failed(context, -EINVAL, "sched_setattr", "size");
	int result = KERNEL(sched_setattr, 0, plan_blob(&context->plan, step), 0);
	return result < 0 ? failed(context, result, "sched_setattr", "scheduler") : 0;
}

int step_io_priority(struct context *context, const struct plan_step *step)
{
	int result = KERNEL(ioprio_set, IOPRIO_WHO_PROCESS, 0, (int)step->argument[0]);
	return result < 0 ? failed(context, result, "ioprio_set", "priority") : 0;
}

/* The call never fails, so it is asked whether it did anything. */
int step_personality(struct context *context, const struct plan_step *step)
{
	KERNEL(personality, (unsigned long)step->argument[0]);
	int result = KERNEL(personality, (unsigned long)PERSONALITY_ASK);
	return (uint64_t)result == step->argument[0] ? 0 : failed(context, -EINVAL, "personality", "domain");
}

int step_memory_policy(struct context *context, const struct plan_step *step)
{
	if (step->blob_size % sizeof(unsigned long) != 0)
		return failed(context, -EINVAL, "set_mempolicy", "size");
	const void *nodes = step->blob_size > 0 ? plan_blob(&context->plan, step) : NULL;
	/* The kernel takes one bit less than it is told. */
	unsigned long bits = nodes ? (unsigned long)step->blob_size * BITS_PER_BYTE + 1 : 0;
	int result = KERNEL(set_mempolicy, (int)step->argument[0], nodes, bits);
	return result < 0 ? failed(context, result, "set_mempolicy", "nodes") : 0;
}

int step_affinity(struct context *context, const struct plan_step *step)
{
	int result = KERNEL(sched_setaffinity, 0, (size_t)step->blob_size, plan_blob(&context->plan, step));
	return result < 0 ? failed(context, result, "sched_setaffinity", "CPUs") : 0;
}

#include "reaper.h"
#include "steps.h"

#include <string.h>
#include <sys/mman.h>

#define FIRST_PRESERVED 3

/* Out of the numbers the program's descriptors are to have. */
static int move_above(struct context *context, int *descriptor, int bound)
{
	if (*descriptor < 0 || *descriptor >= bound)
		return 0;
	int moved = KERNEL(fcntl, *descriptor, F_DUPFD_CLOEXEC, bound);
	if (moved < 0)
		return failed(context, moved, "fcntl", "preserved descriptors");
	KERNEL(close, *descriptor);
	*descriptor = moved;
	return 0;
}

static int arrange_descriptors(struct context *context)
{
	int preserved = (int)context->plan.header->preserved;
	int *slots = context->slots + context->plan.header->inherited - preserved;
	int bound = FIRST_PRESERVED + preserved;

	int result = move_above(context, &context->channel, bound);
	if (result == 0)
		result = move_above(context, &context->gate, bound);
	for (int i = 0; i < preserved && result == 0; i++)
		if (slots[i] != FIRST_PRESERVED + i)
			result = move_above(context, &slots[i], bound);
	if (result < 0)
		return result;
	for (int i = 0; i < preserved; i++) {
		int target = FIRST_PRESERVED + i;
		result = slots[i] == target ? KERNEL(fcntl, target, F_SETFD, 0) : KERNEL(dup3, slots[i], target, 0);
		if (result < 0)
			return failed(context, result, "dup3", "preserved descriptors");
	}
	result = KERNEL(close_range, (unsigned int)bound, ~0U, CLOSE_RANGE_CLOEXEC);
	return result < 0 ? failed(context, result, "close_range", "descriptors") : 0;
}

static const char *point_to_strings(char **pointers, uint64_t count, const char *string)
{
	for (uint64_t i = 0; i < count; i++) {
		/* execve does not write to them. */
		pointers[i] = (char *)(uintptr_t)string;
		string += strlen(string) + 1;
	}
	pointers[count] = NULL;
	return string;
}

/* The decoder has counted the strings. */
int lay_out_strings(struct context *context, const struct plan_step *step, char ***arguments, char ***environment)
{
	uint64_t argc = step->argument[0], envc = step->argument[1];
	size_t size = (size_t)(argc + envc + 2) * sizeof(char *);
	char **pointers = map_nearby(NEARBY_ARGUMENTS, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (pointers == MAP_FAILED)
		return failed(context, -errno, "mmap", "arguments");
	const char *rest = point_to_strings(pointers, argc, (const char *)plan_blob(&context->plan, step));
	point_to_strings(pointers + argc + 1, envc, rest);
	*arguments = pointers;
	*environment = pointers + argc + 1;
	return 0;
}

/*
 * During execve the container pays for two address spaces at once, so what earlier steps left on the stack is
 * given back first. The pages below this frame's own hold nothing any more; where the stack was never so deep
 * the kernel says ENOMEM, which is as good.
 */
static void give_back_stack(void)
{
	enum { PAGE = 4096, DEEPEST = 64 * PAGE };
	uintptr_t own = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)(PAGE - 1);

	KERNEL(madvise, own - PAGE - DEEPEST, DEEPEST, MADV_DONTNEED);
}

int prepare_execution(struct context *context)
{
	give_back_stack();
	int result = arrange_descriptors(context);
	if (result == 0)
		result = lay_out_strings(context, &context->plan.steps[context->plan.header->step_count - 1],
					 &context->arguments, &context->environment);
	if (result < 0 || !context->descriptor_limit_pending)
		return result;
	result = KERNEL(prlimit64, 0, RLIMIT_NOFILE, &context->descriptor_limit, NULL);
	return result < 0 ? failed(context, result, "prlimit", "RLIMIT_NOFILE") : 0;
}

/* execve's errno says little; what was found before, or what the errno can only mean now, says more. */
static enum cause cause_of(const struct context *context, int result)
{
	if (context->program_cause != CAUSE_NONE && result == -ENOEXEC)
		return (enum cause)context->program_cause;
	switch (result) {
	case -ENOENT:
	case -ENOTDIR:
		return CAUSE_PROGRAM_MISSING;
	case -EACCES:
		return CAUSE_PROGRAM_NOT_EXECUTABLE;
	case -ENOEXEC:
		return CAUSE_NOT_A_PROGRAM;
	default:
		return CAUSE_NONE;
	}
}

static int execute(struct context *context)
{
	int result = KERNEL(execve, context->program, context->arguments, context->environment);
	context->value = context->program_value;
	return failed_because(context, result, cause_of(context, result), "execve", context->program);
}

int step_execute(struct context *context, const struct plan_step *step)
{
	if (!context->arguments) {
		int result = prepare_execution(context);
		if (result < 0)
			return result;
	}
	if (step->argument[2] == 1 && start_reaping(context) == REAPER_IS_PARENT)
		reap_until_program_ends(context);
	return execute(context);
}

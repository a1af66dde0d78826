#include "context.h"

#include <string.h>
#include <sys/mman.h>

void fill_slot(struct context *context, int16_t number, int descriptor)
{
	close_descriptor(&context->slots[number]);
	context->slots[number] = descriptor;
	context->attached[number] = 0;
}

static uint32_t append(char *detail, uint32_t used, const char *words)
{
	size_t size = strnlen(words, MESSAGE_DETAIL_SIZE - used - 1);
	memcpy(detail + used, words, size);
	detail[used + size] = '\0';
	return used + (uint32_t)size + 1;
}

int failed_because(struct context *context, int result, enum cause cause, const char *call, const char *object)
{
	context->cause = cause;
	context->detail_size = append(context->detail, 0, call);
	if (context->detail_size < MESSAGE_DETAIL_SIZE)
		context->detail_size = append(context->detail, context->detail_size, object);
	return result;
}

int failed(struct context *context, int result, const char *call, const char *object)
{
	return failed_because(context, result, CAUSE_NONE, call, object);
}

void *map_nearby(size_t offset, size_t size, int protection, int flags, int descriptor)
{
	extern char _end[]; /* the linker's: where the program's data end */

	return mmap(_end + offset, size, protection, flags, descriptor, 0);
}

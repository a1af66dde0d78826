/* Writes one small valid plan to stdout: what the fuzzer starts from. */
#include "plan_builder.h"

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	static const uint8_t build_id[PLAN_BUILD_ID_SIZE] = "0123456789abcde";
	static struct plan_builder builder;
	size_t size;

	plan_begin(&builder, build_id);
	builder.header.slot_count = 2;
	builder.header.inherited = 1;
	struct plan_step *mount = plan_add(&builder, STEP_NEW_MOUNT);
	mount->a = 1;
	plan_set_text(&builder, mount, 0, "tmpfs");
	plan_set_blob(&builder, mount, "size=1m", 8);
	struct plan_step *identity = plan_add(&builder, STEP_IDENTITY);
	plan_set_blob(&builder, identity, "\1\0\0\0\2\0\0", 8);
	struct plan_step *execute = plan_add(&builder, STEP_EXECUTE);
	execute->argument[0] = 1;
	execute->argument[1] = 1;
	plan_set_blob(&builder, execute, "sh\0A=b", 7);
	void *bytes = plan_finish(&builder, &size);
	size_t written = fwrite(bytes, 1, size, stdout);
	free(bytes);
	return written == size ? 0 : 1;
}

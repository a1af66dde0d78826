/*
 * Any bytes at all as a plan: what the decoder accepts must be safe to use, so everything a handler would look at is
 * looked at here, under ASan and UBSan. FUZZ_DRIVER is for compilers without libFuzzer: it feeds files and random changes.
 */
#include "decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t build_id[PLAN_BUILD_ID_SIZE] = "0123456789abcde";
static volatile size_t sink;

static void use_step(const struct plan *plan, const struct plan_step *step)
{
	const uint8_t *blob = plan_blob(plan, step);
	const int16_t slots[] = {step->a, step->b, step->c};

	for (int i = 0; i < 3; i++) {
		sink += strlen(plan_text(plan, step, i));
		if (slots[i] < -1 || (slots[i] >= 0 && (uint32_t)slots[i] >= plan->header->slot_count))
			abort();
	}
	for (uint32_t i = 0; i < step->blob_size; i++)
		sink += blob[i];
	if (step->kind != STEP_EXECUTE)
		return;
	const char *string = (const char *)blob;
	for (uint64_t i = 0; i < step->argument[0] + step->argument[1]; i++)
		string += strlen(string) + 1;
	if (string != (const char *)blob + step->blob_size)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan plan;
	const char *reason;
	uint32_t where;
	/* A copy, so that a byte read past the end is seen. A plausible header: the fuzzer need not guess it. */
	uint8_t *bytes = malloc(size ? size : 1);

	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	if (size >= sizeof(struct plan_header)) {
		struct plan_header *header = (struct plan_header *)bytes;
		header->magic = PLAN_MAGIC;
		header->version = PLAN_VERSION;
		header->total_size = (uint32_t)size;
		memcpy(header->build_id, build_id, sizeof(build_id));
	}
	if (plan_decode(bytes, size, build_id, &plan, &reason, &where) == 0)
		for (uint32_t i = 0; i < plan.header->step_count; i++)
			use_step(&plan, &plan.steps[i]);
	else if (!reason)
		abort();
	free(bytes);
	return 0;
}

#ifdef FUZZ_DRIVER
int main(int argc, char **argv)
{
	static uint8_t seed[65536], changed[65536];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		size_t size = file ? fread(seed, 1, sizeof(seed), file) : 0;
		if (file)
			fclose(file);
		LLVMFuzzerTestOneInput(seed, size);
		for (int round = 0; round < 200000 && size > 0; round++) {
			memcpy(changed, seed, size);
			for (int change = rand() % 4; change >= 0; change--)
				changed[(size_t)rand() % size] = (uint8_t)rand();
			LLVMFuzzerTestOneInput(changed, size - (size_t)(rand() % 3 == 0));
		}
	}
	return 0;
}
#endif

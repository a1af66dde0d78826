/* The decoder alone: what it takes and, above all, what it refuses. */
#include "decode.h"
#include "plan_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t build_id[PLAN_BUILD_ID_SIZE] = "0123456789abcde";
static int failures;

/* A plan with one of each thing the decoder looks at: slots, texts, blobs, counted strings. */
static void sample(struct plan_builder *builder)
{
	plan_begin(builder, build_id);
	builder->header.slot_count = 3;
	builder->header.inherited = 2;
	builder->header.preserved = 1;
	struct plan_step *mount = plan_add(builder, STEP_NEW_MOUNT);
	mount->a = 2;
	plan_set_text(builder, mount, 0, "tmpfs");
	plan_set_blob(builder, mount, "size=1m\0mode=755", 17);
	struct plan_step *attach = plan_add(builder, STEP_ATTACH);
	attach->a = 0;
	attach->b = 2;
	attach->flags = ATTACH_NO_SYMLINKS;
	plan_set_text(builder, attach, 0, "/dev");
	struct plan_step *identity = plan_add(builder, STEP_IDENTITY);
	const uint32_t groups[] = {1, 2};
	plan_set_blob(builder, identity, groups, sizeof(groups));
	struct plan_step *filter = plan_add(builder, STEP_SECCOMP);
	const uint64_t instruction = 0x7fff000000000006;
	plan_set_blob(builder, filter, &instruction, sizeof(instruction));
	struct plan_step *execute = plan_add(builder, STEP_EXECUTE);
	execute->argument[0] = 2;
	execute->argument[1] = 1;
	plan_set_blob(builder, execute, "sh\0-x\0A=b", 10);
}

static const char *decode(struct plan_builder *builder, uint32_t *where)
{
	struct plan plan;
	const char *reason;
	size_t size;
	void *bytes = plan_finish(builder, &size);

	plan_decode(bytes, size, build_id, &plan, &reason, where);
	free(bytes);
	return reason;
}

static void report(const char *name, const char *got, const char *wanted)
{
	if (got == wanted || (got && wanted && strcmp(got, wanted) == 0)) {
		printf("ok plan: %s\n", name);
		return;
	}
	failures++;
	printf("not ok plan: %s: \"%s\" where \"%s\" was expected\n", name, got ? got : "accepted",
	       wanted ? wanted : "accepted");
}

enum { MOUNT, ATTACH, IDENTITY, FILTER, EXECUTE, HEADER };

/* One change to the sample, and what the decoder must say about it. */
#define REFUSES(name, change, wanted)                                                                                  \
	do {                                                                                                           \
		struct plan_builder b;                                                                                 \
		uint32_t where;                                                                                        \
		sample(&b);                                                                                            \
		change;                                                                                                \
		report(name, decode(&b, &where), wanted);                                                              \
	} while (0)

static void test_header(void)
{
	REFUSES("the sample is accepted", (void)0, NULL);
	REFUSES("magic", b.header.magic++, "not a launch plan");
	REFUSES("version", b.header.version++, "plan of another build of minirun");
	REFUSES("build id", b.header.build_id[15] ^= 1, "plan of another build of minirun");
	REFUSES("trace flag", b.header.flags = PLAN_FLAG_TRACE, NULL);
	REFUSES("unknown header flag", b.header.flags = 2, "unknown flags in the header");
	REFUSES("too many slots", b.header.slot_count = PLAN_MAX_SLOTS + 1, "slot count out of bounds");
	REFUSES("more inherited than slots", b.header.inherited = 4,
		"more inherited descriptors than slots, or preserved than inherited");
	REFUSES("more preserved than inherited", b.header.preserved = 3,
		"more inherited descriptors than slots, or preserved than inherited");
	REFUSES("texts that do not begin empty", b.texts[0] = 'x', "texts do not begin and end with NUL");
	REFUSES("texts without an end", b.texts[b.header.text_size - 1] = 'x', "texts do not begin and end with NUL");
#ifdef MINIRUN_FAULTS
	REFUSES("a fault in a fault-injection build", b.header.fault = 1, NULL);
	REFUSES("a weakness in a fault-injection build", b.header.flags = 0x100, NULL);
	REFUSES("a fault beyond the plan", b.header.fault = 6, "fault at a step that is not there");
#else
	REFUSES("a weakness in a release build", b.header.flags = 0x100, "unknown flags in the header");
	REFUSES("a fault in a release build", b.header.fault = 1, "fault injection is not in this build");
#endif
}

static void test_steps(void)
{
	REFUSES("step 0", b.steps[MOUNT].kind = 0, "unknown step");
	REFUSES("step beyond the last", b.steps[MOUNT].kind = STEP_KIND_COUNT, "unknown step");
	REFUSES("step 65535", b.steps[MOUNT].kind = 65535, "unknown step");
	REFUSES("unknown step flag", b.steps[ATTACH].flags = 4, "unknown flags in a step");
	REFUSES("reserved field", b.steps[ATTACH].reserved = 1, "unknown flags in a step");
	REFUSES("missing slot", b.steps[ATTACH].b = -1, "slot out of bounds");
	REFUSES("negative slot", b.steps[ATTACH].a = -2, "slot out of bounds");
	REFUSES("slot too high", b.steps[ATTACH].a = 3, "slot out of bounds");
	REFUSES("unused slot too high", b.steps[ATTACH].c = 3, "slot out of bounds");
	REFUSES("text out of bounds", b.steps[ATTACH].text[2] = b.header.text_size, "text out of bounds");
	REFUSES("blob out of bounds", b.steps[MOUNT].blob_size = 1000, "blob out of bounds");
	REFUSES("blob offset that overflows", b.steps[MOUNT].blob_offset = UINT32_MAX, "blob out of bounds");
	REFUSES("blob where none belongs", b.steps[ATTACH].blob_size = 1, "a blob where none belongs");
	REFUSES("options without an end", b.steps[MOUNT].blob_size--, "strings without an end");
	REFUSES("half a group", b.steps[IDENTITY].blob_size--, "bad list of words");
	REFUSES("no groups", b.steps[IDENTITY].blob_size = 0, NULL);
	REFUSES("half a filter", b.steps[FILTER].blob_size--, "bad filter size");
	REFUSES("empty filter", b.steps[FILTER].blob_size = 0, "bad filter size");
	REFUSES("no arguments", b.steps[EXECUTE].argument[0] = 0,
		"arguments and environment do not match their counts");
	REFUSES("an argument too many", b.steps[EXECUTE].argument[0]++,
		"arguments and environment do not match their counts");
	REFUSES("counts that overflow", (b.steps[EXECUTE].argument[0] = 4, b.steps[EXECUTE].argument[1] = UINT64_MAX),
		"arguments and environment do not match their counts");
	REFUSES("no Execute", b.header.step_count--, "Execute must be the last step");
	REFUSES("Execute in the middle", plan_add(&b, STEP_NEW_SESSION), "Execute must be the last step");
}

/* Sizes are set by plan_finish, so these are changed in its bytes. */
static void test_sizes(void)
{
	struct plan_builder builder;
	size_t size;
	struct plan plan;
	const char *reason;
	uint32_t where;

	sample(&builder);
	struct plan_header *header = plan_finish(&builder, &size);
	bool all_refused = true;
	for (size_t shorter = 0; shorter < size; shorter++)
		all_refused &= plan_decode(header, shorter, build_id, &plan, &reason, &where) < 0;
	report("every truncation", all_refused ? NULL : "a truncated plan was accepted", NULL);
	header->step_count++;
	plan_decode(header, size, build_id, &plan, &reason, &where);
	report("step count", reason, "sizes do not add up");
	header->step_count = 0;
	plan_decode(header, size, build_id, &plan, &reason, &where);
	report("no steps", reason, "step count out of bounds");
	header->step_count = UINT32_MAX;
	plan_decode(header, size, build_id, &plan, &reason, &where);
	report("steps without end", reason, "step count out of bounds");
	free(header);
}

static void test_where(void)
{
	struct plan_builder builder;
	uint32_t where = 0;

	sample(&builder);
	builder.steps[IDENTITY].kind = 0;
	decode(&builder, &where);
	report("the refused step is named", where == IDENTITY ? NULL : "another step", NULL);
	sample(&builder);
	builder.header.magic = 0;
	decode(&builder, &where);
	report("the header is named", where == UINT32_MAX ? NULL : "a step", NULL);
}

int main(void)
{
	test_header();
	test_steps();
	test_sizes();
	test_where();
	return failures != 0;
}

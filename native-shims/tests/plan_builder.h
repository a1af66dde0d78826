/* Writes launch plans for the tests, as src/MiniRun.Runtime/Plan does for minirun. */
#ifndef MINIRUN_PLAN_BUILDER_H
#define MINIRUN_PLAN_BUILDER_H

#include "plan.h"

#define BUILDER_STEPS 96
#define BUILDER_BYTES 8192

struct plan_builder {
	struct plan_header header;
	struct plan_step steps[BUILDER_STEPS];
	char texts[BUILDER_BYTES];
	uint8_t blobs[BUILDER_BYTES];
};

void plan_begin(struct plan_builder *builder, const uint8_t *build_id);

/* A new last step without slots, texts and blob, to be filled in. */
struct plan_step *plan_add(struct plan_builder *builder, enum step_kind kind);

/* Sets a step's text or blob. */
void plan_set_text(struct plan_builder *builder, struct plan_step *step, int number, const char *words);
void plan_set_blob(struct plan_builder *builder, struct plan_step *step, const void *bytes, size_t size);

/* The plan's bytes, malloc'ed; their number goes to `size`. */
void *plan_finish(struct plan_builder *builder, size_t *size);

#endif

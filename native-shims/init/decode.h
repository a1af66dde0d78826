/* The decoder: turns untrusted bytes into a plan whose every offset, slot and text may be used without a
 * check. */
#ifndef MINIRUN_DECODE_H
#define MINIRUN_DECODE_H

#include "plan.h"

#include <stdbool.h>

struct plan {
	const struct plan_header *header;
	const struct plan_step *steps;
	const char *texts;
	const uint8_t *blobs;
};

/*
 * Pure. The bytes must be 8-aligned and stay as long as the plan. Returns 0, or -1 and in `reason` what is
 * wrong and in `where` at which step (UINT32_MAX: the header).
 */
int plan_decode(const void *bytes, size_t size, const uint8_t build_id[PLAN_BUILD_ID_SIZE], struct plan *plan,
		const char **reason, uint32_t *where);

static inline const char *plan_text(const struct plan *plan, const struct plan_step *step, int number)
{
	return plan->texts + step->text[number];
}

static inline const uint8_t *plan_blob(const struct plan *plan, const struct plan_step *step)
{
	return plan->blobs + step->blob_offset;
}

#endif

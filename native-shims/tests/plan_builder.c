#include "plan_builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void plan_begin(struct plan_builder *builder, const uint8_t *build_id)
{
	*builder = (struct plan_builder){.header = {.magic = PLAN_MAGIC, .version = PLAN_VERSION, .text_size = 1}};
	memcpy(builder->header.build_id, build_id, PLAN_BUILD_ID_SIZE);
}

struct plan_step *plan_add(struct plan_builder *builder, enum step_kind kind)
{
	assert(builder->header.step_count < BUILDER_STEPS);
	struct plan_step *step = &builder->steps[builder->header.step_count++];
	*step = (struct plan_step){.kind = (uint16_t)kind, .a = -1, .b = -1, .c = -1};
	return step;
}

void plan_set_text(struct plan_builder *builder, struct plan_step *step, int number, const char *words)
{
	size_t size = strlen(words) + 1;
	assert(builder->header.text_size + size <= BUILDER_BYTES);
	memcpy(builder->texts + builder->header.text_size, words, size);
	step->text[number] = builder->header.text_size;
	builder->header.text_size += (uint32_t)size;
}

void plan_set_blob(struct plan_builder *builder, struct plan_step *step, const void *bytes, size_t size)
{
	assert(builder->header.blob_size + size <= BUILDER_BYTES);
	memcpy(builder->blobs + builder->header.blob_size, bytes, size);
	step->blob_offset = builder->header.blob_size;
	step->blob_size = (uint32_t)size;
	builder->header.blob_size += (uint32_t)size;
}

void *plan_finish(struct plan_builder *builder, size_t *size)
{
	struct plan_header *header = &builder->header;
	size_t steps = header->step_count * sizeof(struct plan_step);

	*size = sizeof(*header) + steps + header->text_size + header->blob_size;
	header->total_size = (uint32_t)*size;
	char *bytes = malloc(*size);
	assert(bytes);
	char *to = bytes;
	memcpy(to, header, sizeof(*header));
	to += sizeof(*header);
	memcpy(to, builder->steps, steps);
	to += steps;
	memcpy(to, builder->texts, header->text_size);
	to += header->text_size;
	memcpy(to, builder->blobs, header->blob_size);
	return bytes;
}

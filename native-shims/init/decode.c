#include "decode.h"
#include "weaken.h"

#include <string.h>

enum slots { NO_SLOT = 0, SLOT_A = 1, SLOT_B = 2, SLOT_C = 4 };
enum blob { NO_BLOB, ANY_STRINGS, COUNTED_STRINGS, WORDS, FILTER };

#ifdef MINIRUN_FAULTS
#define KNOWN_FLAGS (PLAN_FLAG_TRACE | (unsigned int)WEAK_ALL)
#else
#define KNOWN_FLAGS PLAN_FLAG_TRACE
#endif
#define FILTER_SIZE 8	    /* sizeof(struct sock_filter) */
#define FILTER_MAXIMUM 4096 /* BPF_MAXINSNS */
#define GROUP_MAXIMUM 65536 /* NGROUPS_MAX */

/* What a step of each kind must bring: the slots it names, the flags it knows, the form of its blob. */
static const struct shape {
	uint8_t known;
	uint8_t slots;
	uint16_t flags;
	uint8_t blob;
} shapes[STEP_KIND_COUNT] = {
	[STEP_AWAIT] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_BECOME_ROOT] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_JOIN] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_UNSHARE] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_TIME_OFFSETS] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_FORK] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_NEW_SESSION] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_PROPAGATION] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_OPEN_TREE] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_OPEN_PROCFS] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_NEW_MOUNT] = {1, SLOT_A, 0, ANY_STRINGS},
	[STEP_MOUNT_ATTRIBUTES] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_ENTER_ROOT] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_ATTACH] = {1, SLOT_A | SLOT_B, ATTACH_NO_SYMLINKS | ATTACH_NO_CREATE, NO_BLOB},
	[STEP_MAKE_NODE] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_MAKE_SYMLINK] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_MASK_PATH] = {1, SLOT_A | SLOT_B | SLOT_C, 0, NO_BLOB},
	[STEP_READONLY_PATH] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_HOSTNAME] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_DOMAINNAME] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_WRITE_PROC] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_RLIMIT] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_LOOPBACK_UP] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_OPEN_TERMINAL] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_KEYRING] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_WORKING_DIRECTORY] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_FIND_PROGRAM] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_BOUNDING_SET] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_UMASK] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_IDENTITY] = {1, NO_SLOT, IDENTITY_KEEP_GROUPS, WORDS},
	[STEP_CAPABILITIES] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_NO_NEW_PRIVILEGES] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_CHECK_ROOT] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_ACCEPT_START] = {1, SLOT_A, 0, NO_BLOB},
	[STEP_SECCOMP] = {1, NO_SLOT, 0, FILTER},
	[STEP_VERIFY] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_EXECUTE] = {1, NO_SLOT, 0, COUNTED_STRINGS},
	[STEP_CLOSE] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_STDIO_OWNER] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_COPY_UP] = {1, SLOT_A | SLOT_B, 0, NO_BLOB},
	[STEP_HOOK] = {1, NO_SLOT, 0, COUNTED_STRINGS},
	[STEP_SCHEDULER] = {1, NO_SLOT, 0, WORDS},
	[STEP_IO_PRIORITY] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_PERSONALITY] = {1, NO_SLOT, 0, NO_BLOB},
	[STEP_MEMORY_POLICY] = {1, NO_SLOT, 0, WORDS},
	[STEP_AFFINITY] = {1, NO_SLOT, 0, WORDS},
};

static const char *check_header(const struct plan_header *header, size_t size,
				const uint8_t build_id[PLAN_BUILD_ID_SIZE])
{
	if (header->magic != PLAN_MAGIC)
		return "not a launch plan";
	if (header->version != PLAN_VERSION || memcmp(header->build_id, build_id, PLAN_BUILD_ID_SIZE) != 0)
		return "plan of another build of minirun";
	if (header->flags & ~KNOWN_FLAGS)
		return "unknown flags in the header";
	if (size > PLAN_MAX_SIZE || header->total_size != size)
		return "wrong total size";
	if (header->step_count == 0 || header->step_count > PLAN_MAX_STEPS)
		return "step count out of bounds";
	if (header->slot_count > PLAN_MAX_SLOTS)
		return "slot count out of bounds";
	if (header->inherited > header->slot_count || header->preserved > header->inherited)
		return "more inherited descriptors than slots, or preserved than inherited";
#ifdef MINIRUN_FAULTS
	if (header->fault > header->step_count)
		return "fault at a step that is not there";
#else
	if (header->fault != 0)
		return "fault injection is not in this build";
#endif
	uint64_t needed = sizeof(*header) + (uint64_t)header->step_count * sizeof(struct plan_step) +
			  (uint64_t)header->text_size + header->blob_size;
	return needed == size ? NULL : "sizes do not add up";
}

/* Texts end before the blobs begin and the first one is empty, so any offset below text_size is a safe
 * string. */
static const char *check_texts(const char *texts, uint32_t size)
{
	if (size == 0 || texts[0] != '\0' || texts[size - 1] != '\0')
		return "texts do not begin and end with NUL";
	return NULL;
}

static bool slot_is_valid(int16_t slot, bool required, uint32_t slot_count)
{
	return slot == -1 ? !required : slot >= 0 && (uint32_t)slot < slot_count;
}

static uint64_t count_strings(const uint8_t *blob, uint32_t size)
{
	uint64_t count = 0;
	for (uint32_t i = 0; i < size; i++)
		count += blob[i] == '\0';
	return count;
}

static const char *check_blob(const struct plan_step *step, const uint8_t *blob, enum blob form)
{
	uint32_t size = step->blob_size;
	bool terminated = size == 0 || blob[size - 1] == '\0';

	switch (form) {
	case NO_BLOB:
		return size == 0 ? NULL : "a blob where none belongs";
	case ANY_STRINGS:
		return terminated ? NULL : "strings without an end";
	case COUNTED_STRINGS:
		if (!terminated || step->argument[0] == 0 || step->argument[0] > size || step->argument[1] > size ||
		    count_strings(blob, size) != step->argument[0] + step->argument[1])
			return "arguments and environment do not match their counts";
		return NULL;
	case WORDS:
		return size % sizeof(uint32_t) == 0 && size / sizeof(uint32_t) <= GROUP_MAXIMUM ? NULL
												: "bad list of words";
	case FILTER:
		return size != 0 && size % FILTER_SIZE == 0 && size / FILTER_SIZE <= FILTER_MAXIMUM ? NULL
												    : "bad filter size";
	}
	return "unknown form of blob";
}

static const char *check_step(const struct plan *plan, const struct plan_step *step)
{
	const struct plan_header *header = plan->header;

	if (step->kind >= STEP_KIND_COUNT || !shapes[step->kind].known)
		return "unknown step";
	const struct shape *shape = &shapes[step->kind];
	if (step->reserved != 0 || (step->flags & ~shape->flags))
		return "unknown flags in a step";
	if (!slot_is_valid(step->a, shape->slots & SLOT_A, header->slot_count) ||
	    !slot_is_valid(step->b, shape->slots & SLOT_B, header->slot_count) ||
	    !slot_is_valid(step->c, shape->slots & SLOT_C, header->slot_count))
		return "slot out of bounds";
	for (int i = 0; i < 3; i++)
		if (step->text[i] >= header->text_size)
			return "text out of bounds";
	if ((uint64_t)step->blob_offset + step->blob_size > header->blob_size)
		return "blob out of bounds";
	return check_blob(step, plan_blob(plan, step), shape->blob);
}

/* Execute comes once, at the end: what follows would never run, and without it init would do everything for
 * nothing. */
static const char *check_order(const struct plan *plan, uint32_t index)
{
	bool last = index + 1 == plan->header->step_count;
	return (plan->steps[index].kind == STEP_EXECUTE) == last ? NULL : "Execute must be the last step";
}

static const char *check_steps(const struct plan *plan, uint32_t *where)
{
	for (uint32_t i = 0; i < plan->header->step_count; i++) {
		const char *reason = check_step(plan, &plan->steps[i]);
		if (!reason)
			reason = check_order(plan, i);
		if (reason) {
			*where = i;
			return reason;
		}
	}
	return NULL;
}

int plan_decode(const void *bytes, size_t size, const uint8_t build_id[PLAN_BUILD_ID_SIZE], struct plan *plan,
		const char **reason, uint32_t *where)
{
	*where = UINT32_MAX;
	plan->header = bytes;
	*reason = size < sizeof(*plan->header) ? "shorter than its header" : check_header(plan->header, size, build_id);
	if (*reason)
		return -1;
	plan->steps = (const struct plan_step *)(plan->header + 1);
	plan->texts = (const char *)(plan->steps + plan->header->step_count);
	plan->blobs = (const uint8_t *)plan->texts + plan->header->text_size;
	*reason = check_texts(plan->texts, plan->header->text_size);
	if (!*reason)
		*reason = check_steps(plan, where);
	return *reason ? -1 : 0;
}

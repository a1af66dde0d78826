#include "steps.h"

#include <linux/capability.h>
#include <sys/prctl.h>

/* Every capability the kernel knows and the mask does not keep; PR_CAPBSET_READ says EINVAL after the last.
 */
int step_bounding_set(struct context *context, const struct plan_step *step)
{
	for (unsigned int i = 0; i < 64 && KERNEL(prctl, PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++) {
		if (step->argument[0] & (UINT64_C(1) << i))
			continue;
		int result = KERNEL(prctl, PR_CAPBSET_DROP, i, 0, 0, 0);
		if (result < 0)
			return failed(context, result, "prctl", "PR_CAPBSET_DROP");
	}
	return 0;
}

static int set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];

	for (int i = 0; i < 2; i++) {
		data[i].effective = (uint32_t)(effective >> (32 * i));
		data[i].permitted = (uint32_t)(permitted >> (32 * i));
		data[i].inheritable = (uint32_t)(inheritable >> (32 * i));
	}
	return KERNEL(capset, &header, data);
}

static int set_ambient(uint64_t ambient)
{
	int result = KERNEL(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	for (unsigned int i = 0; i < 64 && result >= 0; i++)
		if (ambient & (UINT64_C(1) << i))
			result = KERNEL(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0);
	return result;
}

/* Ambient comes last: a capability can only be raised there once it is permitted and inheritable. */
int step_capabilities(struct context *context, const struct plan_step *step)
{
	int result = set_capabilities(step->argument[0], step->argument[1], step->argument[2]);
	if (result < 0)
		return failed(context, result, "capset", "capabilities of the process");
	result = set_ambient(step->argument[3]);
	return result < 0 ? failed(context, result, "prctl", "PR_CAP_AMBIENT_RAISE") : 0;
}

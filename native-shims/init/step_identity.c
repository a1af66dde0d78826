#include "steps.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

static int set_groups(struct context *context, const struct plan_step *step)
{
	if (step->flags & IDENTITY_KEEP_GROUPS)
		return 0;
	int result = KERNEL(setgroups, (size_t)(step->blob_size / sizeof(uint32_t)), plan_blob(&context->plan, step));
	return result < 0 ? failed(context, result, "setgroups", "supplementary groups") : 0;
}

/*
 * Leaving uid 0 would drop every permitted capability, hence PR_SET_KEEPCAPS; the capabilities step then
 * takes what is to stay. An id of -1 means "unchanged" to the kernel and would keep root, so it is refused,
 * as is what has more than 32 bits.
 */
int step_identity(struct context *context, const struct plan_step *step)
{
	uint64_t uid = step->argument[0], gid = step->argument[1];

	if (uid >= UINT32_MAX || gid >= UINT32_MAX)
		return failed(context, -EINVAL, "setresuid", "id out of range");
	int result = set_groups(context, step);
	if (result < 0)
		return result;
	result = KERNEL(prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0);
	if (result < 0)
		return failed(context, result, "prctl", "PR_SET_KEEPCAPS");
	result = KERNEL(setresgid, (unsigned int)gid, (unsigned int)gid, (unsigned int)gid);
	if (result < 0)
		return failed(context, result, "setresgid", "group of the process");
	result = KERNEL(setresuid, (unsigned int)uid, (unsigned int)uid, (unsigned int)uid);
	if (result < 0)
		return failed(context, result, "setresuid", "user of the process");
	result = KERNEL(prctl, PR_SET_KEEPCAPS, 0, 0, 0, 0);
	if (result < 0)
		return failed(context, result, "prctl", "PR_SET_KEEPCAPS");
	result = forbid_dump();
	return result < 0 ? failed(context, result, "prctl", "PR_SET_DUMPABLE") : 0;
}

int step_no_new_privileges(struct context *context, const struct plan_step *step)
{
	(void)step;
	int result = KERNEL(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return result < 0 ? failed(context, result, "prctl", "PR_SET_NO_NEW_PRIVS") : 0;
}

_Static_assert(sizeof(struct sock_filter) == 8, "the decoder counts filters in eights");

/*
 * The filter asks its listener from the next call on, and only write can tell the launcher which descriptor that is: it
 * takes it out of this process. The reader frees no room in the gate by reading this, so VERIFY still blocks.
 */
static int tell_listener(struct context *context, int listener)
{
	int result = KERNEL(write, context->gate, &listener, sizeof(listener));
	if (result == (int)sizeof(listener))
		return 0;
	return failed(context, result < 0 ? result : -EPIPE, "write", "number of the seccomp listener");
}

/* Precondition: no_new_privs, or CAP_SYS_ADMIN still held. From here on only write and execve are sure to
 * work. */
int step_seccomp(struct context *context, const struct plan_step *step)
{
	struct sock_fprog program = {
		.len = (unsigned short)(step->blob_size / sizeof(struct sock_filter)),
		/* The kernel copies the filter and does not care how it is aligned. */
		.filter = (struct sock_filter *)(uintptr_t)plan_blob(&context->plan, step),
	};
	int result = KERNEL(seccomp, SECCOMP_SET_MODE_FILTER, (unsigned int)step->argument[0], &program);
	if (result >= 0 && (step->argument[0] & SECCOMP_FILTER_FLAG_NEW_LISTENER))
		return tell_listener(context, result);
	/* A positive result is a thread that could not be synchronised; there is one thread only. */
	return result == 0 ? 0 : failed(context, result < 0 ? result : -EINVAL, "seccomp", "filter");
}

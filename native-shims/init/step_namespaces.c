#include "kernel.h"
#include "procfs.h"
#include "report.h"
#include "steps.h"
#include "weaken.h"

#include <linux/capability.h>
#include <sys/prctl.h>

/* setresuid and setns make a process dumpable as fs.suid_dumpable says, which an administrator may have set
 * to 1. */
int forbid_dump(void)
{
	return KERNEL(prctl, PR_SET_DUMPABLE, weakened(WEAK_DUMPABLE) ? 1 : 0, 0, 0, 0);
}

/* The spawn stub made everything inheritable and ambient to get it through the exec; none of that may reach
 * the program. */
static int clear_ambient_and_inheritable(struct context *context)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{0}};

	if (weakened(WEAK_INHERITABLE))
		return 0;
	int result = KERNEL(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (result < 0)
		return failed(context, result, "prctl", "PR_CAP_AMBIENT_CLEAR_ALL");
	result = KERNEL(capget, &header, data);
	if (result < 0)
		return failed(context, result, "capget", "own capabilities");
	data[0].inheritable = data[1].inheritable = 0;
	result = KERNEL(capset, &header, data);
	return result < 0 ? failed(context, result, "capset", "inheritable capabilities") : 0;
}

/* Precondition: ids 0 are mapped. Files made from here on belong to the container's root. */
int step_become_root(struct context *context, const struct plan_step *step)
{
	(void)step;
	int result = KERNEL(setresgid, 0, 0, 0);
	if (result < 0)
		return failed(context, result, "setresgid", "0");
	result = KERNEL(setresuid, 0, 0, 0);
	if (result < 0)
		return failed(context, result, "setresuid", "0");
	result = forbid_dump();
	if (result < 0)
		return failed(context, result, "prctl", "PR_SET_DUMPABLE");
	return clear_ambient_and_inheritable(context);
}

/*
 * A pidfd joins several namespaces at once, a namespace's own descriptor that one. From the moment of the
 * setns processes in there might trace us (CVE-2016-9962), and setns itself may make us dumpable again. What
 * still awaits its own maps joins no user or pid namespace and is seen by nobody.
 */
int step_join(struct context *context, const struct plan_step *step)
{
	int result = context->awaits_maps ? 0 : forbid_dump();
	if (result < 0)
		return failed(context, result, "prctl", "PR_SET_DUMPABLE");
	result = KERNEL(setns, slot(context, step->a), (int)step->argument[0]);
	if (result < 0)
		return failed(context, result, "setns", text(context, step, 0));
	result = context->awaits_maps ? 0 : forbid_dump();
	return result < 0 ? failed(context, result, "prctl", "PR_SET_DUMPABLE") : 0;
}

int step_unshare(struct context *context, const struct plan_step *step)
{
	int result = KERNEL(unshare, (unsigned long)step->argument[0]);
	return result < 0 ? failed(context, result, "unshare", "namespaces") : 0;
}

/* Precondition: CLONE_NEWTIME was unshared and nothing was forked since; after that the kernel says EACCES.
 */
int step_time_offsets(struct context *context, const struct plan_step *step)
{
	SCOPED_FD procfs = open_procfs(context);
	if (procfs < 0)
		return procfs;
	return write_procfs(context, procfs, "self/timens_offsets", text(context, step, 0));
}

/*
 * A joined pid or time namespace holds children only, so the launch goes on in one. CLONE_PARENT makes it the
 * launcher's child, which must therefore be told its pidfd; the child sends it itself, before anything else
 * it has to say.
 */
int step_fork(struct context *context, const struct plan_step *step)
{
	struct clone_args arguments = {.flags = CLONE_PARENT | step->argument[0]};
	int result = KERNEL(clone3, &arguments, sizeof(arguments));

	if (result < 0)
		return failed(context, result, "clone3", "pid 1");
	if (result > 0)
		_exit(0);
	int self = KERNEL(getpid);
	SCOPED_FD pidfd = KERNEL(pidfd_open, self, 0);
	if (pidfd < 0)
		return failed(context, pidfd, "pidfd_open", "self");
	result = report_send(context, SEND_PID, pidfd);
	return result < 0 ? failed(context, result, "sendmsg", "pidfd") : 0;
}

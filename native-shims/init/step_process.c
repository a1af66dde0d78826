#include "steps.h"

#include <linux/if.h>
#include <linux/keyctl.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int step_new_session(struct context *context, const struct plan_step *step)
{
	(void)step;
	int result = KERNEL(setsid);
	/* A forked pid 1 that leads a session already has what was asked for. */
	if (result == -EPERM && KERNEL(getsid, 0) == KERNEL(getpid))
		return 0;
	return result < 0 ? failed(context, result, "setsid", "session") : 0;
}

int step_hostname(struct context *context, const struct plan_step *step)
{
	const char *name = text(context, step, 0);
	int result = KERNEL(sethostname, name, strlen(name));
	return result < 0 ? failed(context, result, "sethostname", name) : 0;
}

int step_domainname(struct context *context, const struct plan_step *step)
{
	const char *name = text(context, step, 0);
	int result = KERNEL(setdomainname, name, strlen(name));
	return result < 0 ? failed(context, result, "setdomainname", name) : 0;
}

static const char *const limit_names[] = {
	[RLIMIT_CPU] = "RLIMIT_CPU",	       [RLIMIT_FSIZE] = "RLIMIT_FSIZE",
	[RLIMIT_DATA] = "RLIMIT_DATA",	       [RLIMIT_STACK] = "RLIMIT_STACK",
	[RLIMIT_CORE] = "RLIMIT_CORE",	       [RLIMIT_RSS] = "RLIMIT_RSS",
	[RLIMIT_NPROC] = "RLIMIT_NPROC",       [RLIMIT_NOFILE] = "RLIMIT_NOFILE",
	[RLIMIT_MEMLOCK] = "RLIMIT_MEMLOCK",   [RLIMIT_AS] = "RLIMIT_AS",
	[RLIMIT_LOCKS] = "RLIMIT_LOCKS",       [RLIMIT_SIGPENDING] = "RLIMIT_SIGPENDING",
	[RLIMIT_MSGQUEUE] = "RLIMIT_MSGQUEUE", [RLIMIT_NICE] = "RLIMIT_NICE",
	[RLIMIT_RTPRIO] = "RLIMIT_RTPRIO",     [RLIMIT_RTTIME] = "RLIMIT_RTTIME",
};

/*
 * Init itself still opens and receives descriptors, so RLIMIT_NOFILE is only raised here (which may need a
 * capability) and lowered, which needs none, when that is over: prepare_execution.
 */
static int raise_descriptor_limit(struct context *context, struct rlimit wanted)
{
	struct rlimit now, raised = wanted;
	int result = KERNEL(prlimit64, 0, RLIMIT_NOFILE, NULL, &now);

	if (result < 0)
		return result;
	if (now.rlim_cur > raised.rlim_cur)
		raised.rlim_cur = now.rlim_cur;
	if (now.rlim_max > raised.rlim_max)
		raised.rlim_max = now.rlim_max;
	context->descriptor_limit = wanted;
	context->descriptor_limit_pending = true;
	return KERNEL(prlimit64, 0, RLIMIT_NOFILE, &raised, NULL);
}

int step_rlimit(struct context *context, const struct plan_step *step)
{
	uint64_t resource = step->argument[0];
	struct rlimit limit = {.rlim_cur = step->argument[1], .rlim_max = step->argument[2]};

	if (resource >= sizeof(limit_names) / sizeof(limit_names[0]))
		return failed(context, -EINVAL, "prlimit", "unknown resource");
	int result = resource == RLIMIT_NOFILE ? raise_descriptor_limit(context, limit)
					       : KERNEL(prlimit64, 0, (int)resource, &limit, NULL);
	return result < 0 ? failed(context, result, "prlimit", limit_names[resource]) : 0;
}

int step_loopback_up(struct context *context, const struct plan_step *step)
{
	(void)step;
	struct ifreq request = {.ifr_name = "lo"};
	SCOPED_FD socket_ = KERNEL(socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (socket_ < 0)
		return failed(context, socket_, "socket", "AF_INET");
	int result = KERNEL(ioctl, socket_, SIOCGIFFLAGS, &request);
	if (result < 0)
		return failed(context, result, "ioctl SIOCGIFFLAGS", "lo");
	request.ifr_flags |= IFF_UP;
	result = KERNEL(ioctl, socket_, SIOCSIFFLAGS, &request);
	return result < 0 ? failed(context, result, "ioctl SIOCSIFFLAGS", "lo") : 0;
}

int step_keyring(struct context *context, const struct plan_step *step)
{
	const char *name = text(context, step, 0);
	int result = KERNEL(keyctl, KEYCTL_JOIN_SESSION_KEYRING, name, 0, 0, 0);
	/* A kernel without keyrings has none of the host's to hide. */
	return result < 0 && result != -ENOSYS ? failed(context, result, "keyctl", name) : 0;
}

int step_umask(struct context *context, const struct plan_step *step)
{
	(void)context;
	KERNEL(umask, (unsigned int)step->argument[0]);
	return 0;
}

int step_close(struct context *context, const struct plan_step *step)
{
	const int16_t numbers[] = {step->a, step->b, step->c};
	for (int i = 0; i < 3; i++)
		if (numbers[i] >= 0)
			fill_slot(context, numbers[i], -1);
	return 0;
}

/*
 * So that the program may reopen /dev/stdout where that is a pipe. Only pipes: a file or a terminal is the caller's, and
 * would still belong to the container's user when the container is long gone (`run -u 1000 … </etc/shadow`). The program
 * has the descriptors either way, so an owner who is not mapped here is no failure.
 */
int step_stdio_owner(struct context *context, const struct plan_step *step)
{
	for (int i = 0; i < 3; i++) {
		struct stat status;
		if (fstat(i, &status) < 0)
			continue;
		if (!S_ISFIFO(status.st_mode))
			continue;
		int result = KERNEL(fchown, i, (unsigned int)step->argument[0], -1);
		if (result < 0 && result != -EINVAL && result != -EPERM && result != -EROFS)
			return failed(context, result, "fchown", "stdin, stdout or stderr");
	}
	return 0;
}

/*
 * minirun-init: walks the launch plan it is given, from a new process in new namespaces to the user's
 * program. It decides nothing. See README.md for the plan's format and for what goes over the channel.
 */
#include "build_id.h"
#include "report.h"
#include "steps.h"
#include "weaken.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

#define KERNEL_SIGSET_SIZE 8
#define KERNEL_SIGNALS 64

#ifdef MINIRUN_FAULTS
uint16_t weaknesses;
#endif

static step_handler *const handlers[STEP_KIND_COUNT] = {
	[STEP_AWAIT] = step_await,
	[STEP_BECOME_ROOT] = step_become_root,
	[STEP_JOIN] = step_join,
	[STEP_UNSHARE] = step_unshare,
	[STEP_TIME_OFFSETS] = step_time_offsets,
	[STEP_FORK] = step_fork,
	[STEP_NEW_SESSION] = step_new_session,
	[STEP_PROPAGATION] = step_propagation,
	[STEP_OPEN_TREE] = step_open_tree,
	[STEP_OPEN_PROCFS] = step_open_procfs,
	[STEP_NEW_MOUNT] = step_new_mount,
	[STEP_MOUNT_ATTRIBUTES] = step_mount_attributes,
	[STEP_ENTER_ROOT] = step_enter_root,
	[STEP_ATTACH] = step_attach,
	[STEP_MAKE_NODE] = step_make_node,
	[STEP_MAKE_SYMLINK] = step_make_symlink,
	[STEP_MASK_PATH] = step_mask_path,
	[STEP_READONLY_PATH] = step_readonly_path,
	[STEP_HOSTNAME] = step_hostname,
	[STEP_DOMAINNAME] = step_domainname,
	[STEP_WRITE_PROC] = step_write_proc,
	[STEP_RLIMIT] = step_rlimit,
	[STEP_LOOPBACK_UP] = step_loopback_up,
	[STEP_OPEN_TERMINAL] = step_open_terminal,
	[STEP_KEYRING] = step_keyring,
	[STEP_WORKING_DIRECTORY] = step_working_directory,
	[STEP_FIND_PROGRAM] = step_find_program,
	[STEP_BOUNDING_SET] = step_bounding_set,
	[STEP_UMASK] = step_umask,
	[STEP_IDENTITY] = step_identity,
	[STEP_CAPABILITIES] = step_capabilities,
	[STEP_NO_NEW_PRIVILEGES] = step_no_new_privileges,
	[STEP_CHECK_ROOT] = step_check_root,
	[STEP_ACCEPT_START] = step_accept_start,
	[STEP_SECCOMP] = step_seccomp,
	[STEP_VERIFY] = step_verify,
	[STEP_EXECUTE] = step_execute,
	[STEP_CLOSE] = step_close,
	[STEP_STDIO_OWNER] = step_stdio_owner,
	[STEP_COPY_UP] = step_copy_up,
	[STEP_HOOK] = step_hook,
	[STEP_SCHEDULER] = step_scheduler,
	[STEP_IO_PRIORITY] = step_io_priority,
	[STEP_PERSONALITY] = step_personality,
	[STEP_MEMORY_POLICY] = step_memory_policy,
	[STEP_AFFINITY] = step_affinity,
};

/* Started by anything but the launcher, init has nothing to do and must not write to a stranger's
 * descriptor 3. */
static void require_launcher(void)
{
	static const char words[] = "minirun-init: started by minirun only\n";
	int type = 0;
	socklen_t size = sizeof(type);

	if (getsockopt(FD_CHANNEL, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET)
		return;
	(void)!write(STDERR_FILENO, words, sizeof(words) - 1);
	_exit(1);
}

struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

/*
 * What an exec hands on and the program must not get from the launcher: ignored signals (.NET leaves SIGPIPE
 * so), the signal mask (the spawn stub blocked all), the umask, descriptors without CLOEXEC. The raw call,
 * because libc keeps two signals.
 */
static void reset_process_state(void)
{
	const struct kernel_sigaction initial = {.handler = SIG_DFL};
	const uint64_t none = 0;

	for (int i = 1; i <= KERNEL_SIGNALS; i++)
		KERNEL(rt_sigaction, i, &initial, NULL, KERNEL_SIGSET_SIZE);
	KERNEL(rt_sigprocmask, SIG_SETMASK, &none, NULL, KERNEL_SIGSET_SIZE);
	KERNEL(umask, 022);
	KERNEL(close_range, FD_CHANNEL, ~0U, CLOSE_RANGE_CLOEXEC);
}

static int map_plan(struct context *context, const void **bytes, size_t *size)
{
	struct stat status;
	int result = kernel_result(fstat(FD_PLAN, &status));

	if (result < 0)
		return failed(context, result, "fstat", "plan");
	if (status.st_size < (off_t)sizeof(struct plan_header) || status.st_size > PLAN_MAX_SIZE)
		return failed_because(context, -EINVAL, CAUSE_BAD_PLAN, "decode", "wrong total size");
	*size = (size_t)status.st_size;
	void *mapping = map_nearby(NEARBY_PLAN, *size, PROT_READ, MAP_SHARED, FD_PLAN);
	if (mapping == MAP_FAILED)
		return failed(context, -errno, "mmap", "plan");
	*bytes = mapping;
	KERNEL(close, FD_PLAN);
	return 0;
}

static int load_plan(struct context *context)
{
	static const uint8_t build_id[PLAN_BUILD_ID_SIZE] = MINIRUN_BUILD_ID;
	const char *reason;
	const void *bytes = NULL;
	size_t size = 0;

	int result = map_plan(context, &bytes, &size);
	if (result < 0)
		return result;
	if (plan_decode(bytes, size, build_id, &context->plan, &reason, &context->index) < 0)
		return failed_because(context, -EINVAL, CAUSE_BAD_PLAN, "decode", reason);
#ifdef MINIRUN_FAULTS
	weaknesses = context->plan.header->flags & (uint16_t)WEAK_ALL;
#endif
	return 0;
}

static void fill_slots(struct context *context)
{
	const struct plan_header *header = context->plan.header;

	for (uint32_t i = 0; i < header->slot_count; i++)
		context->slots[i] = i < header->inherited ? (int)(FD_FIRST_SLOT + i) : -1;
}

/* newuidmap needs a dumpable target, so a plan that waits for it forbids dumping once that is over. */
static int forbid_dump_unless_awaiting_maps(struct context *context)
{
	for (uint32_t i = 0; i < context->plan.header->step_count; i++) {
		const struct plan_step *step = &context->plan.steps[i];
		if (step->kind == STEP_AWAIT && step->argument[0] == AWAIT_USER_MAPPING)
			context->awaits_maps = true;
	}
	int result = context->awaits_maps ? 0 : forbid_dump();
	return result < 0 ? failed(context, result, "prctl", "PR_SET_DUMPABLE") : 0;
}

static uint64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void die_if_asked_to(const struct context *context)
{
#ifdef MINIRUN_FAULTS
	if (context->plan.header->fault != context->index + 1)
		return;
	int self = KERNEL(getpid);
	KERNEL(kill, self, SIGKILL);
	/* A pid 1 cannot kill itself by signal, but it can do something forbidden. */
	__builtin_trap();
#else
	(void)context;
#endif
}

static int run_step(struct context *context, const struct plan_step *step)
{
	bool traced = context->plan.header->flags & PLAN_FLAG_TRACE;
	uint64_t start = traced ? now() : 0;

	die_if_asked_to(context);
	int result = handlers[step->kind](context, step);
	if (result == 0 && traced)
		report_done(context, now() - start);
	return result;
}

int main(void)
{
	/* Static, because it is large and all zero but for these three: no byte of it is in the program's
	 * file. */
	static struct context context;
	context.channel = FD_CHANNEL;
	context.gate = -1;
	context.index = UINT32_MAX;

	require_launcher();
	reset_process_state();
	int result = load_plan(&context);
	if (result < 0)
		report_failure(&context, result);
	fill_slots(&context);
	result = forbid_dump_unless_awaiting_maps(&context);
	for (context.index = 0; result == 0; context.index++) {
		result = run_step(&context, &context.plan.steps[context.index]);
		if (result < 0)
			break;
	}
	report_failure(&context, result);
}

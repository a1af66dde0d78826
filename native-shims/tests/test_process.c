/* Real processes, made by real plans: who they become and how they start. */
#include "harness.h"
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#define BASIC (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)

static bool says(const struct outcome *outcome, const char *words)
{
	return strstr(outcome->output, words) != NULL;
}

static void becomes_somebody(void)
{
	struct launch launch;
	struct outcome outcome;
	const uint32_t groups[] = {10, 20};

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	struct plan_step *directory = add(&launch, STEP_WORKING_DIRECTORY, "/work/deep", NULL);
	directory->a = SLOT_ROOT;
	directory->argument[0] = 1;
	directory->argument[1] = directory->argument[2] = 1000;
	struct plan_step *limit = add(&launch, STEP_RLIMIT, NULL, NULL);
	limit->argument[0] = 7 /* RLIMIT_NOFILE */;
	limit->argument[1] = 10;
	limit->argument[2] = 20;
	add(&launch, STEP_UMASK, NULL, NULL)->argument[0] = 027;
	add(&launch, STEP_BOUNDING_SET, NULL, NULL)->argument[0] = 0x400;
	struct plan_step *identity = add(&launch, STEP_IDENTITY, NULL, NULL);
	identity->argument[0] = 1000;
	identity->argument[1] = 2000;
	plan_set_blob(&launch.plan, identity, groups, sizeof(groups));
	struct plan_step *capabilities = add(&launch, STEP_CAPABILITIES, NULL, NULL);
	for (int i = 0; i < 4; i++)
		capabilities->argument[i] = 0x400;
	add_program_steps(&launch, "id -u; id -g; id -G; umask; pwd; touch mine && ulimit -n; ulimit -Hn; "
				   "grep Cap /proc/self/status");
	launch_run(&launch, &outcome);
	check("ids, groups, umask, directory and limits are what was asked for",
	      says(&outcome, "1000\n2000\n2000 10 20\n0027\n/work/deep\n10\n20\n"), &outcome);
	check("capabilities are too, ambient and bounding as well",
	      says(&outcome, "CapInh:\t0000000000000400\nCapPrm:\t0000000000000400\nCapEff:\t0000000000000400\n"
			     "CapBnd:\t0000000000000400\nCapAmb:\t0000000000000400\n"),
	      &outcome);
}

static void filters_system_calls(void)
{
	struct launch launch;
	struct outcome outcome;
	/* load nr; mkdir → EPERM; else allow */
	const struct {
		uint16_t code;
		uint8_t yes, no;
		uint32_t value;
	} filter[] = {{0x20, 0, 0, 0}, {0x15, 0, 1, SYS_mkdirat}, {0x06, 0, 0, 0x00050001}, {0x06, 0, 0, 0x7fff0000}};

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add(&launch, STEP_FIND_PROGRAM, "sh", "/bin");
	add(&launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_START;
	add(&launch, STEP_NO_NEW_PRIVILEGES, NULL, NULL);
	plan_set_blob(&launch.plan, add(&launch, STEP_SECCOMP, NULL, NULL), filter, sizeof(filter));
	add(&launch, STEP_VERIFY, NULL, NULL);
	struct plan_step *execute = add(&launch, STEP_EXECUTE, NULL, NULL);
	execute->argument[0] = 3;
	plan_set_blob(&launch.plan, execute, "sh\0-c\0grep Seccomp: /proc/self/status", 38);
	launch_run(&launch, &outcome);
	check("a filter is in force at the gate and in the program",
	      strstr(outcome.proc_status, "Seccomp:\t2") && says(&outcome, "Seccomp:\t2"), &outcome);
}

/* A tmpfs over /made, which holds what every kind of entry needs copying by; links in it lead nowhere. */
static void copies_up(void)
{
	struct launch launch;
	struct outcome outcome;

	if (system("cd \"$ROOT\" && rm -rf made elsewhere && mkdir -p made/sub elsewhere && cd made && echo words > "
		   "file && "
		   "chown 12:34 file sub && chmod 4751 file && chmod 2750 sub && chmod 711 . && ln -s /no/where link "
		   "&& "
		   "mkfifo pipe && ln -s ../elsewhere sub/out") != 0)
		abort();
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	struct plan_step *mount = add(&launch, STEP_NEW_MOUNT, "tmpfs", "tmpfs");
	mount->a = SLOT_FIRST_FREE + 1;
	struct plan_step *copy = add(&launch, STEP_COPY_UP, "/made", NULL);
	copy->a = SLOT_ROOT;
	copy->b = SLOT_FIRST_FREE + 1;
	copy->argument[0] = 1;
	struct plan_step *attach = add(&launch, STEP_ATTACH, "/made", NULL);
	attach->a = SLOT_ROOT;
	attach->b = SLOT_FIRST_FREE + 1;
	add_program_steps(
		&launch,
		"cd /made; stat -c '%n %a %u %g %F' . file sub pipe; cat file; readlink link; readlink sub/out; "
		"touch new; grep -c '/made' /proc/self/mountinfo");
	launch_run(&launch, &outcome);
	check("a tmpfs starts with owners, modes, links and pipes of what it covers",
	      says(&outcome, ". 711 0 0 directory\nfile 4751 12 34 regular file\nsub 2750 12 34 directory\n"
			     "pipe 644 0 0 fifo\nwords\n/no/where\n../elsewhere\n1\n"),
	      &outcome);
	check("what is copied stays as it was", system("test ! -e \"$ROOT/made/new\"") == 0, &outcome);
	if (system("rm -rf \"$ROOT/made\" \"$ROOT/elsewhere\"") != 0)
		abort();
}

static void is_scheduled(void)
{
	/* struct sched_attr: size, policy SCHED_BATCH, flags, nice 7. */
	const uint32_t scheduler[12] = {sizeof(scheduler), 3, 0, 0, 7};
	const uint32_t first[2] = {1, 0};
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	plan_set_blob(&launch.plan, add(&launch, STEP_SCHEDULER, NULL, NULL), scheduler, sizeof(scheduler));
	add(&launch, STEP_IO_PRIORITY, NULL, NULL)->argument[0] = 2 << 13 | 6;
	add(&launch, STEP_PERSONALITY, NULL, NULL)->argument[0] = 8 /* PER_LINUX32 */;
	struct plan_step *policy = add(&launch, STEP_MEMORY_POLICY, NULL, NULL);
	policy->argument[0] = 2 /* MPOL_BIND */;
	plan_set_blob(&launch.plan, policy, first, sizeof(first));
	plan_set_blob(&launch.plan, add(&launch, STEP_AFFINITY, NULL, NULL), first, sizeof(first));
	add_program_steps(&launch,
			  "awk '{ print $19, $41 }' /proc/self/stat; ionice -p $$; cat /proc/self/personality; "
			  "grep -o -m 1 bind:0 /proc/self/numa_maps; grep Cpus_allowed_list /proc/self/status");
	launch_run(&launch, &outcome);
	check("scheduler, I/O priority, personality, memory policy and CPUs are what was asked for",
	      says(&outcome, "7 3\nbest-effort: prio 6\n00000008\nbind:0\nCpus_allowed_list:\t0\n"), &outcome);
}

static void refuses_half_words(void)
{
	const uint32_t half = 1;
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	plan_set_blob(&launch.plan, add(&launch, STEP_MEMORY_POLICY, NULL, NULL), &half, sizeof(half));
	add_program_steps(&launch, "echo not reached");
	launch_run(&launch, &outcome);
	check("a node mask that the kernel would read past is refused",
	      !outcome.executed && outcome.failed.error == EINVAL, &outcome);
}

static struct plan_step *add_hook(struct launch *launch, const char *strings, size_t size, unsigned int argc,
				  unsigned int envc)
{
	struct plan_step *hook = add(launch, STEP_HOOK, "/bin/sh", "{\"pid\":");

	plan_set_text(&launch->plan, hook, 2, "}");
	plan_set_blob(&launch->plan, hook, strings, size);
	hook->argument[0] = argc;
	hook->argument[1] = envc;
	return hook;
}

static void runs_hooks(void)
{
	static const char strings[] =
		"sh\0-c\0(cat; echo; echo $0 $A; ls /proc/self/fd) > /hooked\0name\0A=own\0PATH=/bin";
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_hook(&launch, strings, sizeof(strings), 4, 2);
	add_program_steps(&launch, "cat /hooked");
	launch_run(&launch, &outcome);
	check("a hook reads the state with its pid, has its own environment and three descriptors",
	      says(&outcome, "{\"pid\":1}\nname own\n0\n1\n2\n3\n"), &outcome);
}

static void stops_at_a_failed_hook(const char *name, const char *script, uint64_t seconds, uint32_t cause,
				   uint32_t value)
{
	struct launch launch;
	struct outcome outcome;
	char strings[256];

	int size = snprintf(strings, sizeof(strings), "sh%c-c%c%s", 0, 0, script) + 1;
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_hook(&launch, strings, (size_t)size, 3, 0)->argument[2] = seconds;
	add_program_steps(&launch, "echo not reached");
	launch_run(&launch, &outcome);
	check(name,
	      !outcome.executed && outcome.failed.cause == cause && outcome.failed.value == value &&
		      strncmp(outcome.failed.detail, "words", 5) == 0,
	      &outcome);
}

static void cannot_execute_a_hook(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	plan_set_text(&launch.plan, add_hook(&launch, "x", 2, 1, 0), 0, "/no/such/hook");
	add_program_steps(&launch, "echo not reached");
	launch_run(&launch, &outcome);
	check("a hook that is not there", !outcome.executed && outcome.failed.error == ENOENT, &outcome);
}

/* Else init would wait for ever, at full speed. */
static void cannot_wait_for_a_hook(void)
{
	struct launch launch;
	struct outcome outcome;
	/* load nr; wait4 → EPERM; else allow */
	const struct {
		uint16_t code;
		uint8_t yes, no;
		uint32_t value;
	} filter[] = {{0x20, 0, 0, 0}, {0x15, 0, 1, SYS_wait4}, {0x06, 0, 0, 0x50001}, {0x06, 0, 0, 0x7fff0000}};

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	plan_set_blob(&launch.plan, add(&launch, STEP_SECCOMP, NULL, NULL), filter, sizeof(filter));
	add_hook(&launch, "sh\0-c\0:", 8, 3, 0);
	add_program_steps(&launch, "echo not reached");
	launch_run(&launch, &outcome);
	check("a hook that a filter forbids to wait for",
	      !outcome.executed && outcome.failed.error == EPERM && strcmp(outcome.failed.detail, "wait4") == 0,
	      &outcome);
}

/* The number comes before all that VERIFY writes, and is a descriptor the launcher can take. */
static void has_a_listener(void)
{
	struct launch launch;
	struct outcome outcome;
	/* load nr; mkdir → notify; else allow */
	const struct {
		uint16_t code;
		uint8_t yes, no;
		uint32_t value;
	} filter[] = {{0x20, 0, 0, 0}, {0x15, 0, 1, SYS_mkdirat}, {0x06, 0, 0, 0x7fc00000}, {0x06, 0, 0, 0x7fff0000}};

	launch_begin(&launch, BASIC);
	launch.takes_listener = true;
	add_root_steps(&launch);
	add(&launch, STEP_FIND_PROGRAM, "sh", "/bin");
	add(&launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_START;
	add(&launch, STEP_NO_NEW_PRIVILEGES, NULL, NULL);
	struct plan_step *seccomp = add(&launch, STEP_SECCOMP, NULL, NULL);
	seccomp->argument[0] = 1U << 3 /* SECCOMP_FILTER_FLAG_NEW_LISTENER */;
	plan_set_blob(&launch.plan, seccomp, filter, sizeof(filter));
	add(&launch, STEP_VERIFY, NULL, NULL);
	struct plan_step *execute = add(&launch, STEP_EXECUTE, NULL, NULL);
	execute->argument[0] = 3;
	plan_set_blob(&launch.plan, execute, "sh\0-c\0ls /proc/self/fd", 23);
	launch_run(&launch, &outcome);
	check("a filter's listener can be taken while init is at the gate",
	      strcmp(outcome.listener, "anon_inode:seccomp notify") == 0, &outcome);
	check("the program does not have it", outcome.executed && !says(&outcome, "\n4"), &outcome);
}

/* add_root_steps mounts proc from slot 1; where that one is inherited, another must do. */
static void move_proc(struct launch *launch, int16_t number)
{
	for (uint32_t i = 0; i < launch->plan.header.step_count; i++) {
		struct plan_step *step = &launch->plan.steps[i];
		if (step->kind == STEP_NEW_MOUNT)
			step->a = number;
		else if (step->kind == STEP_ATTACH)
			step->b = number;
	}
}

static void keeps_descriptors(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	launch.inherited[launch.inherited_count++] = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
	launch.inherited[launch.inherited_count++] = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	launch.plan.header.preserved = 2;
	add_root_steps(&launch);
	move_proc(&launch, 6);
	add_program_steps(&launch,
			  "readlink /proc/self/fd/3; readlink /proc/self/fd/4; ls /proc/self/fd | tr '\\n' ' '");
	launch_run(&launch, &outcome);
	check("preserved descriptors are 3 and 4 again, and alone",
	      says(&outcome, "hostname\n") && says(&outcome, "passwd\n0 1 2 3 4 5 "), &outcome);
}

static void stays_as_reaper(void)
{
	struct launch launch;
	struct outcome outcome;
	static const char script[] = "sh\0-c\0echo pid $$; (sleep 0.05 &) ; trap 'exit 3' TERM; kill -TERM 1; sleep 5";

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_execute(&launch, "sh", script, sizeof(script), 3, true);
	launch_run(&launch, &outcome);
	check("init stays as pid 1, passes signals on and ends with the program's status",
	      outcome.status == 3 && says(&outcome, "pid 2\n"), &outcome);

	static const char killed[] = "sh\0-c\0kill -KILL $$";
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_execute(&launch, "sh", killed, sizeof(killed), 3, true);
	launch_run(&launch, &outcome);
	check("a program that was killed ends init with 128+n", outcome.status == 137, &outcome);

	static const char lists[] = "sh\0-c\0ls /proc/1/fd | tr '\\n' ' '";
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	move_proc(&launch, 6);
	add_execute(&launch, "sh", lists, sizeof(lists), 3, true);
	launch_run(&launch, &outcome);
	check("an init that stays keeps the streams alone", says(&outcome, "0 1 2 "), &outcome);
}

static void waits_for_start(void)
{
	struct launch launch;
	struct outcome outcome;
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/tmp/minirun-native-start.sock"};
	int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	unlink(address.sun_path);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(listener, 4) < 0)
		perror("bind");
	launch_begin(&launch, BASIC);
	launch.inherited[launch.inherited_count++] = listener;
	launch.start_socket = address.sun_path;
	launch.start_twice = true;
	add_root_steps(&launch);
	move_proc(&launch, 6);
	add(&launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_COMMIT;
	add(&launch, STEP_ACCEPT_START, NULL, NULL)->a = 1;
	add(&launch, STEP_FIND_PROGRAM, "sh", "/bin");
	add(&launch, STEP_VERIFY, NULL, NULL);
	struct plan_step *execute = add(&launch, STEP_EXECUTE, NULL, NULL);
	execute->argument[0] = 3;
	plan_set_blob(&launch.plan, execute, "sh\0-c\0exit 5", 13);
	launch_run(&launch, &outcome);
	unlink(address.sun_path);
	check("a created container survives a start that dies, and starts at the next",
	      outcome.executed && outcome.status == 5, &outcome);
}

#ifdef MINIRUN_FAULTS
/* Pid 1 cannot be killed by its own signals, so this shows that the fault kills it all the same. */
static void dies_where_asked(void)
{
	struct launch launch;
	struct outcome outcome;
	bool all_died = true;

	for (uint32_t fault = 1; fault <= 9; fault++) {
		launch_begin(&launch, BASIC);
		add_root_steps(&launch);
		add_program_steps(&launch, "echo alive");
		launch.plan.header.fault = fault;
		launch_run(&launch, &outcome);
		all_died &= outcome.status > 128 && !says(&outcome, "alive") && outcome.failed.type == 0;
	}
	check("a fault kills init at its step", all_died, &outcome);
}
#endif

int main(void)
{
	setenv("ROOT", root_folder(), 1);
#ifdef MINIRUN_FAULTS
	dies_where_asked();
#endif
	becomes_somebody();
	filters_system_calls();
	has_a_listener();
	copies_up();
	is_scheduled();
	refuses_half_words();
	runs_hooks();
	stops_at_a_failed_hook("a hook that fails is told with its last words", "echo words; exit 3", 0,
			       CAUSE_HOOK_FAILED, 3);
	stops_at_a_failed_hook("a hook that ends in time", "echo words; kill -9 $$", 20, CAUSE_HOOK_FAILED, 128 + 9);
	stops_at_a_failed_hook("a hook that does not is killed with its children", "echo words; sleep 60 & sleep 60", 1,
			       CAUSE_HOOK_TIMEOUT, 1);
	cannot_execute_a_hook();
	cannot_wait_for_a_hook();
	keeps_descriptors();
	stays_as_reaper();
	waits_for_start();
	remove_root_folder();
	return failures != 0;
}

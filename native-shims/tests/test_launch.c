/* Real containers, made by real plans: what must work. */
#include "harness.h"
#include "kernel.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define BASIC (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)

static bool says(const struct outcome *outcome, const char *words)
{
	return strstr(outcome->output, words) != NULL;
}

static void runs_a_program(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	launch.plan.header.flags = PLAN_FLAG_TRACE;
	add_root_steps(&launch);
	add(&launch, STEP_HOSTNAME, "box", NULL);
	add(&launch, STEP_DOMAINNAME, "example", NULL);
	add(&launch, STEP_LOOPBACK_UP, NULL, NULL);
	add_program_steps(&launch, "hostname; cat /proc/sys/kernel/domainname; cat /proc/1/comm; ip link; busybox id; "
				   "ls /proc/self/fd | tr '\\n' ' '; exit 7");
	launch_run(&launch, &outcome);
	check("a program runs as pid 1 with its name, its domain and its loopback",
	      outcome.executed && outcome.status == 7 && says(&outcome, "box\nexample\n") &&
		      says(&outcome, "LOOPBACK,UP"),
	      &outcome);
	check("it inherits no descriptor but three", says(&outcome, "\n0 1 2 3 "), &outcome);
	check("every step but the last is traced", outcome.done == launch.plan.header.step_count - 1, &outcome);
	check("the launcher reads /proc/PID/status while everything is in force",
	      strstr(outcome.proc_status, "NoNewPrivs:\t1") != NULL, &outcome);
}

static void restores_signals(void)
{
	struct launch launch;
	struct outcome outcome;
	sigset_t blocked, before;

	signal(SIGPIPE, SIG_IGN);
	sigfillset(&blocked);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_execute(&launch, "/bin/busybox", "grep\0Sig\0/proc/self/status", 27, 3, false);
	launch_run(&launch, &outcome);
	sigprocmask(SIG_SETMASK, &before, NULL);
	check("ignored and blocked signals of the launcher are not the program's",
	      says(&outcome, "SigBlk:\t0000000000000000") && says(&outcome, "SigIgn:\t0000000000000000"), &outcome);
}

static void maps_a_user_namespace(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC | CLONE_NEWUSER);
	launch.keep_capabilities = true;
	launch.uid_map = "0 100000 65536\n";
	add(&launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_USER_MAPPING;
	add(&launch, STEP_BECOME_ROOT, NULL, NULL);
	add_root_steps(&launch);
	add(&launch, STEP_OPEN_PROCFS, NULL, NULL)->a = 2;
	add(&launch, STEP_WRITE_PROC, "self/oom_score_adj", "500")->a = 2;
	add(&launch, STEP_WRITE_PROC, "sys/net/ipv4/ip_default_ttl", "33")->a = 2;
	add_program_steps(&launch, "busybox id -u; cat /proc/self/uid_map /proc/self/oom_score_adj "
				   "/proc/sys/net/ipv4/ip_default_ttl; "
				   "grep CapInh /proc/self/status; grep CapAmb /proc/self/status");
	launch_run(&launch, &outcome);
	check("a mapped user namespace's root owns the rest",
	      outcome.status == 0 && says(&outcome, "100000      65536\n500\n33\n"), &outcome);
	check("nothing stays inheritable or ambient",
	      says(&outcome, "CapInh:\t0000000000000000") && says(&outcome, "CapAmb:\t0000000000000000"), &outcome);
}

/* The kernel refuses a new procfs of a pid namespace that is not the user namespace's own. */
static void clones_the_hosts_proc(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, CLONE_NEWNS | CLONE_NEWUSER);
	launch.keep_capabilities = true;
	launch.uid_map = "0 100000 65536\n";
	add(&launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_USER_MAPPING;
	add(&launch, STEP_BECOME_ROOT, NULL, NULL);
	add(&launch, STEP_OPEN_PROCFS, NULL, NULL)->a = 2;
	add_root_steps(&launch);
	add(&launch, STEP_WRITE_PROC, "self/oom_score_adj", "400")->a = 2;
	add_program_steps(&launch, "cat /proc/self/oom_score_adj; grep ' /proc proc ' /proc/mounts");
	launch_run(&launch, &outcome);
	check("where a new procfs is refused, the host's is cloned with the flags asked for",
	      outcome.status == 0 && says(&outcome, "400\n") && says(&outcome, "nosuid,nodev"), &outcome);
}

static void forks_into_a_pid_namespace(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, CLONE_NEWNS);
	add(&launch, STEP_UNSHARE, NULL, NULL)->argument[0] = CLONE_NEWTIME;
	add(&launch, STEP_TIME_OFFSETS, "boottime 864000 0\n", NULL);
	add(&launch, STEP_FORK, NULL, NULL)->argument[0] = CLONE_NEWPID;
	add_root_steps(&launch);
	add_program_steps(&launch, "echo pid $$; cut -d. -f1 /proc/uptime; exit 9");
	launch_run(&launch, &outcome);
	long uptime = 0;
	sscanf(outcome.output, "pid 1\n%ld", &uptime);
	check("a forked pid 1 is the launcher's child, with the clock it was given",
	      outcome.status == 9 && uptime > 864000, &outcome);
}

static void add_node(struct launch *launch, const char *path, uint64_t device)
{
	struct plan_step *node = add(launch, STEP_MAKE_NODE, path, NULL);
	node->a = SLOT_ROOT;
	node->argument[0] = S_IFCHR | 0666;
	node->argument[1] = device;
}

/* slot 1 /dev, slot 2 devpts */
static void add_devices(struct launch *launch)
{
	struct plan_step *dev = add(launch, STEP_NEW_MOUNT, "tmpfs", "tmpfs");
	dev->a = 2;
	plan_set_blob(&launch->plan, dev, "mode=755\0size=65536k", 21);
	struct plan_step *attach = add(launch, STEP_ATTACH, "/dev", NULL);
	attach->a = SLOT_ROOT;
	attach->b = 2;
	struct plan_step *pts = add(launch, STEP_NEW_MOUNT, "devpts", "devpts");
	pts->a = 3;
	plan_set_blob(&launch->plan, pts, "newinstance\0ptmxmode=0666\0mode=0620", 36);
	attach = add(launch, STEP_ATTACH, "/dev/pts", NULL);
	attach->a = SLOT_ROOT;
	attach->b = 3;
	add_node(launch, "/dev/tty", DEVICE_NUMBER(5, 0));
	add_node(launch, "/dev/null", DEVICE_NULL);
	/* What is there already is fine. */
	add_node(launch, "/dev/null", DEVICE_NULL);
	add(launch, STEP_MAKE_SYMLINK, "/dev/ptmx", "pts/ptmx")->a = SLOT_ROOT;
	add(launch, STEP_MAKE_SYMLINK, "/dev/ptmx", "pts/ptmx")->a = SLOT_ROOT;
}

static void gives_a_terminal(void)
{
	struct launch launch;
	struct outcome outcome;
	char words[512] = "";

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_devices(&launch);
	struct plan_step *terminal = add(&launch, STEP_OPEN_TERMINAL, NULL, NULL);
	terminal->a = SLOT_ROOT;
	terminal->argument[0] = 33;
	terminal->argument[1] = 77;
	terminal->argument[3] = 1;
	add_program_steps(&launch, "tty; stty size; test -c /dev/console && echo console; echo job > /dev/tty");
	launch_run(&launch, &outcome);
	size_t used = 0;
	ssize_t size;
	while (used < sizeof(words) - 1 && (size = read(outcome.terminal, words + used, sizeof(words) - 1 - used)) > 0)
		used += (size_t)size;
	words[used] = '\0';
	close(outcome.terminal);
	strcpy(outcome.output, words);
	check("a terminal of the container's own, its console and controlling terminal",
	      outcome.status == 0 && strcmp(words, "/dev/pts/0\r\n33 77\r\nconsole\r\njob\r\n") == 0, &outcome);
}

static void hides_and_protects(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_devices(&launch);
	struct plan_step *empty = add(&launch, STEP_NEW_MOUNT, "tmpfs", "tmpfs");
	empty->a = 4;
	empty->argument[0] = MOUNT_ATTR_RDONLY;
	/* As plans do it: a clone of the node, made where the root was entered. */
	struct plan_step *null = add(&launch, STEP_OPEN_TREE, "/dev/null", NULL);
	null->a = 5;
	null->argument[0] = OPEN_TREE_CLONE;
	null->argument[1] = S_IFCHR;
	null->argument[2] = DEVICE_NULL;
	const char *hidden[] = {"/proc/kcore", "/proc/keys", "/proc/fs", "/proc/irq", "/proc/not-there"};
	for (int i = 0; i < 5; i++) {
		struct plan_step *mask = add(&launch, STEP_MASK_PATH, hidden[i], NULL);
		mask->a = SLOT_ROOT;
		mask->b = 5;
		mask->c = 4;
	}
	add(&launch, STEP_READONLY_PATH, "/proc/sys", NULL)->a = SLOT_ROOT;
	struct plan_step *attributes = add(&launch, STEP_MOUNT_ATTRIBUTES, "/", NULL);
	attributes->a = SLOT_ROOT;
	attributes->argument[0] = MOUNT_ATTR_RDONLY;
	struct plan_step *check_root = add(&launch, STEP_CHECK_ROOT, NULL, NULL);
	check_root->a = SLOT_ROOT;
	check_root->argument[0] = 1 /* ST_RDONLY */;
	add_program_steps(&launch,
			  "cat /proc/keys; ls -A /proc/fs /proc/irq; hostname; "
			  "echo x 2>&1 > /proc/sys/kernel/hostname; echo y 2>&1 > /file; stat -c %t:%T /proc/keys");
	launch_run(&launch, &outcome);
	check("masked paths are empty, protected ones and the root read-only",
	      outcome.status == 0 && says(&outcome, "/proc/fs:\n\n/proc/irq:\n") && says(&outcome, "1:3\n") &&
		      says(&outcome, "/proc/sys/kernel/hostname: Read-only") && says(&outcome, "/file: Read-only"),
	      &outcome);
}

int main(void)
{
	runs_a_program();
	restores_signals();
	maps_a_user_namespace();
	clones_the_hosts_proc();
	forks_into_a_pid_namespace();
	gives_a_terminal();
	hides_and_protects();
	remove_root_folder();
	return failures != 0;
}

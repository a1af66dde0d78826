/*
 * CVE-2021-30465, CVE-2024-45310: while a container is made, somebody exchanges a folder on its way for a symlink to a
 * folder of the host, again and again. Whatever the symlink names must be the root's own, never the host's.
 */
#include "harness.h"
#include "kernel.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define DECOY "/tmp/minirun-native-decoy"
#define LAUNCHES 1000

/* Runs a line of shell in the root folder. */
static void shell(const char *line)
{
	char command[512];
	snprintf(command, sizeof(command), "cd %s && { %s; }", root_folder(), line);
	if (system(command) != 0)
		perror(command);
}

static int start_exchanging(void)
{
	int pid = fork();
	if (pid != 0)
		return pid;
	if (chdir(root_folder()) < 0)
		_exit(1);
	for (;;)
		syscall(SYS_renameat2, AT_FDCWD, "volume/way", AT_FDCWD, "volume/link", 2 /* RENAME_EXCHANGE */);
}

static void launch_once(struct outcome *outcome)
{
	struct launch launch;

	launch_begin(&launch, CLONE_NEWNS | CLONE_NEWPID);
	add_root_steps(&launch);
	add(&launch, STEP_NEW_MOUNT, "tmpfs", "")->a = 2;
	struct plan_step *attach = add(&launch, STEP_ATTACH, "/volume/way/made/mount", NULL);
	attach->a = SLOT_ROOT;
	attach->b = 2;
	struct plan_step *node = add(&launch, STEP_MAKE_NODE, "/volume/way/nodes/null", NULL);
	node->a = SLOT_ROOT;
	node->argument[0] = S_IFCHR | 0666;
	node->argument[1] = DEVICE_NULL;
	add(&launch, STEP_READONLY_PATH, "/volume/way/made", NULL)->a = SLOT_ROOT;
	struct plan_step *directory = add(&launch, STEP_WORKING_DIRECTORY, "/volume/way/../way/cwd", NULL);
	directory->a = SLOT_ROOT;
	directory->argument[0] = 1;
	add_execute(&launch, "/bin/busybox", "true", 5, 1, false);
	launch_run(&launch, outcome);
}

int main(void)
{
	struct outcome outcome = {0};
	int executed = 0;

	shell("mkdir -p " DECOY " volume/way && ln -s " DECOY " volume/link");
	int attacker = start_exchanging();
	for (int i = 0; i < LAUNCHES; i++) {
		launch_once(&outcome);
		executed += outcome.executed;
	}
	kill(attacker, SIGKILL);
	waitpid(attacker, NULL, 0);
	/* rmdir succeeds on an empty folder only. */
	check("1,000 launches while a symlink to the host is swapped in leave the host's folder empty",
	      rmdir(DECOY) == 0, &outcome);
	char inside[256];
	snprintf(inside, sizeof(inside), "%s" DECOY, root_folder());
	check("the symlink was met, and followed inside the root", access(inside, F_OK) == 0, &outcome);
	check("most of them ran all the same", executed > LAUNCHES / 2, &outcome);
	if (failures)
		shell("find " DECOY " | head >&2; rm -rf " DECOY);
	remove_root_folder();
	return failures != 0;
}

/* Real plans that must fail, and say why. */
#include "harness.h"
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASIC (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET)

static bool failed_with(const struct outcome *outcome, enum cause cause, int error, const char *object)
{
	const struct message *failed = &outcome->failed;
	return !outcome->executed && failed->cause == (uint32_t)cause && failed->error == error &&
	       strcmp(failed->detail + strlen(failed->detail) + 1, object) == 0;
}

/* Runs one program in a root prepared by a shell command. */
static void run_program(const char *prepare, const char *program, struct outcome *outcome)
{
	struct launch launch;
	char command[512], strings[256];

	snprintf(command, sizeof(command), "cd %s && { %s; }", root_folder(), prepare);
	if (system(command) != 0)
		perror(command);
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	strcpy(strings, program);
	add_execute(&launch, program, strings, strlen(program) + 1, 1, false);
	launch_run(&launch, outcome);
}

static void ailing_programs(void)
{
	struct outcome outcome;

	run_program(":", "nothing", &outcome);
	check("a program that is nowhere in PATH", failed_with(&outcome, CAUSE_PROGRAM_MISSING, ENOENT, "nothing"),
	      &outcome);
	run_program(":", "/bin/nothing", &outcome);
	check("a program that is not there", failed_with(&outcome, CAUSE_PROGRAM_MISSING, ENOENT, "/bin/nothing"),
	      &outcome);
	run_program(":", "/bin", &outcome);
	check("a directory", failed_with(&outcome, CAUSE_PROGRAM_IS_DIRECTORY, EACCES, "/bin"), &outcome);
	run_program("echo > bin/plain", "/bin/plain", &outcome);
	check("a file without x bit", failed_with(&outcome, CAUSE_PROGRAM_NOT_EXECUTABLE, EACCES, "/bin/plain"),
	      &outcome);
	run_program("echo '#! /bin/none -x' > bin/script; chmod 755 bin/script", "script", &outcome);
	check("a script without its interpreter", failed_with(&outcome, CAUSE_INTERPRETER_MISSING, ENOENT, "/bin/none"),
	      &outcome);
	run_program("cp /bin/true bin/dynamic", "dynamic", &outcome);
	check("a program without its loader",
	      failed_with(&outcome, CAUSE_LOADER_MISSING, ENOENT, "/lib64/ld-linux-x86-64.so.2"), &outcome);
	run_program("cp bin/busybox bin/alien; printf '\\026' | dd of=bin/alien bs=1 seek=18 conv=notrunc 2>/dev/null",
		    "alien", &outcome);
	check("a program for another machine",
	      failed_with(&outcome, CAUSE_WRONG_ARCHITECTURE, ENOEXEC, "/bin/alien") && outcome.failed.value == 22,
	      &outcome);
	run_program("echo words > bin/words; chmod 755 bin/words", "words", &outcome);
	check("neither ELF nor script", failed_with(&outcome, CAUSE_NOT_A_PROGRAM, ENOEXEC, "/bin/words"), &outcome);
	check("the status of a failed launch is 1", outcome.status == 1, &outcome);
}

static void symlinks(void)
{
	struct launch launch;
	struct outcome outcome;
	char command[512];

	snprintf(command, sizeof(command),
		 "cd %s && rm -rf proc && ln -s /tmp proc && ln -s /outside dangling && ln -s ../../../../etc up",
		 root_folder());
	if (system(command) != 0)
		perror(command);
	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a /proc that is a symlink (CVE-2019-19921)",
	      failed_with(&outcome, CAUSE_SYMLINK_REFUSED, ELOOP, "/proc"), &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	launch.plan.steps[launch.plan.header.step_count - 1].flags = 0;
	const char *targets[] = {"/dangling/a/b", "/up/c/d", "/new/e"};
	for (int i = 0; i < 3; i++) {
		struct plan_step *tmpfs = add(&launch, STEP_NEW_MOUNT, "tmpfs", "");
		tmpfs->a = (int16_t)(2 + i);
		struct plan_step *attach = add(&launch, STEP_ATTACH, targets[i], NULL);
		attach->a = SLOT_ROOT;
		attach->b = (int16_t)(2 + i);
	}
	add_program_steps(&launch, "cd /tmp/self && cut -d' ' -f2 /tmp/mounts | tr '\\n' ' '");
	launch_run(&launch, &outcome);
	check("links of the root stay inside it, dangling ones too",
	      outcome.status == 0 && strstr(outcome.output, "/outside/a/b /etc/c/d /new/e ") &&
		      access("/outside", F_OK) != 0 && access("/etc/c", F_OK) != 0,
	      &outcome);
	snprintf(command, sizeof(command), "cd %s && rm -rf proc tmp dangling outside up etc new", root_folder());
	if (system(command) != 0)
		perror(command);
}

static void wrong_things(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	struct plan_step *node = add(&launch, STEP_MAKE_NODE, "/bin/busybox", NULL);
	node->a = SLOT_ROOT;
	node->argument[0] = S_IFCHR | 0666;
	node->argument[1] = DEVICE_NULL;
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a file where a device belongs", failed_with(&outcome, CAUSE_WRONG_NODE, EEXIST, "/bin/busybox"),
	      &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	struct plan_step *source = add(&launch, STEP_OPEN_TREE, "/proc/self/task", NULL);
	source->a = 4;
	source->argument[0] = OPEN_TREE_CLONE;
	source->argument[3] = 1;
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a link in a path that had none", failed_with(&outcome, CAUSE_NONE, ELOOP, "/proc/self/task"), &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add(&launch, STEP_CHECK_ROOT, NULL, NULL)->a = SLOT_ROOT;
	launch.plan.steps[launch.plan.header.step_count - 1].argument[0] = 1;
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a root that is not read-only", failed_with(&outcome, CAUSE_ROOT_FLAGS, EPERM, "/"), &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add(&launch, STEP_WRITE_PROC, "version", "x")->a = SLOT_ROOT;
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a value written to what is no procfs", failed_with(&outcome, CAUSE_NOT_PROCFS, EXDEV, "version"),
	      &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add(&launch, STEP_IDENTITY, NULL, NULL)->argument[0] = UINT32_MAX;
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("uid -1, which the kernel would read as unchanged",
	      failed_with(&outcome, CAUSE_NONE, EINVAL, "id out of range"), &outcome);
}

/* One number is free until the descriptor that is to make the folder takes it, and is a link to itself then. */
static void working_folders_on_descriptors(void)
{
	int executed = 0;
	struct outcome outcome;

	for (char digit = '3'; digit <= '9'; digit++) {
		struct launch launch;
		char path[] = "/proc/self/fd/N";

		path[sizeof(path) - 2] = digit;
		launch_begin(&launch, BASIC);
		add_root_steps(&launch);
		struct plan_step *directory = add(&launch, STEP_WORKING_DIRECTORY, path, NULL);
		directory->a = SLOT_ROOT;
		directory->argument[0] = 1;
		add_execute(&launch, "/bin/busybox", "true", 5, 1, false);
		launch_run(&launch, &outcome);
		executed += outcome.executed;
	}
	check("a working folder on any descriptor (CVE-2024-21626)", executed == 0, &outcome);
}

static void complaints(void)
{
	struct launch launch;
	struct outcome outcome;

	launch_begin(&launch, BASIC);
	struct plan_step *tmpfs = add(&launch, STEP_NEW_MOUNT, "tmpfs", "");
	tmpfs->a = 1;
	plan_set_blob(&launch.plan, tmpfs, "size=1m\0mode=rubbish", 21);
	add_program_steps(&launch, "true");
	launch_run(&launch, &outcome);
	check("a mount option the file system does not know, in its own words",
	      !outcome.executed && outcome.failed.error == EINVAL &&
		      strstr(outcome.failed.detail + strlen(outcome.failed.detail) + 1,
			     "tmpfs mode=rubbish: tmpfs: Bad value"),
	      &outcome);

	launch_begin(&launch, BASIC);
	add_root_steps(&launch);
	add_program_steps(&launch, "true");
	launch.plan.header.build_id[0] ^= 1;
	launch_run(&launch, &outcome);
	check("a plan of another build",
	      failed_with(&outcome, CAUSE_BAD_PLAN, EINVAL, "plan of another build of minirun") &&
		      outcome.failed.step == UINT32_MAX,
	      &outcome);
}

int main(void)
{
	ailing_programs();
	symlinks();
	wrong_things();
	working_folders_on_descriptors();
	complaints();
	remove_root_folder();
	return failures != 0;
}

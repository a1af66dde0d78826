#include "harness.h"

#include "channel.h"
#include "kernel.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

int failures;
static char folder[] = "/tmp/minirun-native-XXXXXX";
static bool folder_made;

_Noreturn void give_up(const char *call)
{
	perror(call);
	exit(2);
}

int checked(int result, const char *call)
{
	if (result < 0)
		give_up(call);
	return result;
}

const char *root_folder(void)
{
	char command[512];

	if (folder_made)
		return folder;
	if (!mkdtemp(folder))
		give_up("mkdtemp");
	folder_made = true;
	snprintf(command, sizeof(command),
		 "chmod 755 %s && cd %s && mkdir -m 755 bin && cp %s bin/busybox && ln -s busybox bin/sh", folder,
		 folder, BUSYBOX);
	if (system(command) != 0)
		give_up(command);
	return folder;
}

void remove_root_folder(void)
{
	char command[512];

	snprintf(command, sizeof(command), "rm -rf --one-file-system %s", folder);
	if (folder_made && system(command) != 0)
		give_up(command);
}

void launch_begin(struct launch *launch, uint64_t namespaces)
{
	*launch = (struct launch){.namespaces = namespaces};
	plan_begin(&launch->plan, minirun_build_id());
	launch->inherited[launch->inherited_count++] =
		checked(KERNEL(open_tree, AT_FDCWD, root_folder(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC), "open_tree");
	launch->plan.header.slot_count = 16;
}

struct plan_step *add(struct launch *launch, enum step_kind kind, const char *text0, const char *text1)
{
	struct plan_step *step = plan_add(&launch->plan, kind);
	if (text0)
		plan_set_text(&launch->plan, step, 0, text0);
	if (text1)
		plan_set_text(&launch->plan, step, 1, text1);
	return step;
}

void add_root_steps(struct launch *launch)
{
	add(launch, STEP_NEW_SESSION, NULL, NULL);
	add(launch, STEP_PROPAGATION, NULL, NULL)->argument[0] = MS_SLAVE | MS_REC;
	struct plan_step *proc = add(launch, STEP_NEW_MOUNT, "proc", "proc");
	proc->a = SLOT_FIRST_FREE;
	proc->argument[0] = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	proc->argument[1] = 1;
	plan_set_text(&launch->plan, proc, 2, "/proc");
	/* A clone of a shared mount is shared: pivot_root would refuse it, and its mounts would appear on the host. */
	struct plan_step *slave = add(launch, STEP_MOUNT_ATTRIBUTES, "/", NULL);
	slave->a = SLOT_ROOT;
	slave->argument[2] = MS_SLAVE;
	slave->argument[3] = 1;
	add(launch, STEP_ENTER_ROOT, NULL, NULL)->a = SLOT_ROOT;
	struct plan_step *attach = add(launch, STEP_ATTACH, "/proc", NULL);
	attach->a = SLOT_ROOT;
	attach->b = SLOT_FIRST_FREE;
	attach->flags = ATTACH_NO_SYMLINKS;
}

void add_execute(struct launch *launch, const char *program, const char *strings, size_t size, unsigned int argc,
		 bool init)
{
	add(launch, STEP_FIND_PROGRAM, program, "/usr/bin:/bin");
	add(launch, STEP_AWAIT, NULL, NULL)->argument[0] = AWAIT_START;
	add(launch, STEP_NO_NEW_PRIVILEGES, NULL, NULL);
	add(launch, STEP_VERIFY, NULL, NULL);
	struct plan_step *execute = add(launch, STEP_EXECUTE, NULL, NULL);
	execute->argument[0] = argc;
	execute->argument[2] = init;
	plan_set_blob(&launch->plan, execute, strings, size);
}

void add_program_steps(struct launch *launch, const char *script)
{
	char strings[4096];
	int size = snprintf(strings, sizeof(strings), "sh%c-c%c%s%c", 0, 0, script, 0);
	add_execute(launch, "sh", strings, (size_t)size, 3, false);
}

static int memory_file(const void *bytes, size_t size)
{
	int file = checked(memfd_create("test", MFD_CLOEXEC), "memfd_create");
	if (write(file, bytes, size) != (ssize_t)size)
		give_up("write");
	return file;
}

/* The init that is under test: the linked one, or the sanitized build of MINIRUN_INIT. */
static int init_image(void)
{
	const char *path = getenv("MINIRUN_INIT");
	size_t size;
	const void *image = minirun_init_image(&size);
	return path ? checked(open(path, O_RDONLY | O_CLOEXEC), path) : memory_file(image, size);
}

static void spawn(struct launch *launch, int channel, int output, struct spawn_result *result)
{
	size_t size;
	int descriptors[32], count = 0;
	void *bytes;

	launch->plan.header.inherited = (uint32_t)launch->inherited_count;
	bytes = plan_finish(&launch->plan, &size);
	descriptors[count++] = checked(open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null");
	descriptors[count++] = output;
	descriptors[count++] = output;
	descriptors[count++] = channel;
	descriptors[count++] = memory_file(bytes, size);
	for (int i = 0; i < launch->inherited_count; i++)
		descriptors[count++] = launch->inherited[i];
	struct spawn_request request = {.namespaces = launch->namespaces,
					.cgroup = -1,
					.image = init_image(),
					.keep_capabilities = launch->keep_capabilities,
					.descriptor_count = count,
					.descriptors = descriptors};
	if (minirun_spawn(&request, result) < 0) {
		fprintf(stderr, "minirun_spawn: stage %d: %s\n", result->stage, strerror(result->error));
		exit(2);
	}
	free(bytes);
	close(request.image);
	close(descriptors[0]);
	close(descriptors[4]);
	for (int i = 0; i < launch->inherited_count; i++)
		close(launch->inherited[i]);
}

static int connect_start(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int connection = checked(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), "socket");
	strcpy(address.sun_path, path);
	checked(connect(connection, (struct sockaddr *)&address, sizeof(address)), "connect");
	return connection;
}

static void read_output(int output, struct outcome *outcome)
{
	size_t used = 0;
	ssize_t size;
	while (used < sizeof(outcome->output) - 1 &&
	       (size = read(output, outcome->output + used, sizeof(outcome->output) - 1 - used)) > 0)
		used += (size_t)size;
	outcome->output[used] = '\0';
}

void launch_run(struct launch *launch, struct outcome *outcome)
{
	struct spawn_result child;
	int channel[2], output[2];
	siginfo_t info;

	*outcome = (struct outcome){.executed = true, .terminal = -1};
	checked(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel), "socketpair");
	checked(pipe2(output, O_CLOEXEC), "pipe2");
	spawn(launch, channel[1], output[1], &child);
	close(channel[1]);
	close(output[1]);
	serve_channel(launch, channel[0], &child, outcome);
	close(channel[0]);
	if (launch->start_socket && outcome->executed) {
		if (launch->start_twice)
			close(connect_start(launch->start_socket));
		int connection = connect_start(launch->start_socket);
		serve_channel(launch, connection, &child, outcome);
		close(connection);
	}
	read_output(output[0], outcome);
	close(output[0]);
	checked(waitid((idtype_t)3, (id_t)child.pidfd, &info, WEXITED | __WALL), "waitid");
	outcome->status = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
	close(child.pidfd);
}

void check(const char *name, bool fulfilled, const struct outcome *outcome)
{
	if (fulfilled) {
		printf("ok launch: %s\n", name);
		return;
	}
	failures++;
	const struct message *failed = &outcome->failed;
	printf("not ok launch: %s: status %d, step %u, errno %d, cause %u, call %s, object %s, output %s\n", name,
	       outcome->status, failed->step, failed->error, failed->cause, failed->detail_size ? failed->detail : "",
	       failed->detail_size ? failed->detail + strlen(failed->detail) + 1 : "", outcome->output);
}

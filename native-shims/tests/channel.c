#include "channel.h"

#include "kernel.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

static void write_map(int pid, const char *file, const char *map)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
	int map_file = checked(open(path, O_WRONLY | O_CLOEXEC), path);
	if (write(map_file, map, strlen(map)) < 0)
		give_up(path);
	close(map_file);
}

static void send_continue(int channel, uint32_t what, int descriptor)
{
	struct message message = {.type = MESSAGE_CONTINUE, .value = what};
	struct iovec part = {.iov_base = &message, .iov_len = sizeof(message)};
	_Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {0};
	struct msghdr envelope = {.msg_iov = &part, .msg_iovlen = 1};

	if (descriptor >= 0) {
		envelope.msg_control = space;
		envelope.msg_controllen = sizeof(space);
		struct cmsghdr *control = CMSG_FIRSTHDR(&envelope);
		control->cmsg_level = SOL_SOCKET;
		control->cmsg_type = SCM_RIGHTS;
		control->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(control), &descriptor, sizeof(int));
	}
	checked((int)sendmsg(channel, &envelope, MSG_NOSIGNAL), "sendmsg");
}

static ssize_t receive(int channel, struct message *message, int *descriptor)
{
	struct iovec part = {.iov_base = message, .iov_len = sizeof(*message)};
	_Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {0};
	struct msghdr envelope = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space)};
	ssize_t size = recvmsg(channel, &envelope, MSG_CMSG_CLOEXEC);
	struct cmsghdr *control = CMSG_FIRSTHDR(&envelope);

	*descriptor = -1;
	if (size > 0 && control)
		memcpy(descriptor, CMSG_DATA(control), sizeof(int));
	return size;
}

/* The number that a filter's listener has in init, and what is there. */
static void take_listener(int gate, const struct spawn_result *child, struct outcome *outcome)
{
	char path[64];
	int number;

	if (read(gate, &number, sizeof(number)) != sizeof(number))
		return;
	int listener = (int)syscall(SYS_pidfd_getfd, child->pidfd, number, 0);
	if (listener < 0)
		return;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", listener);
	ssize_t size = readlink(path, outcome->listener, sizeof(outcome->listener) - 1);
	outcome->listener[size < 0 ? 0 : size] = '\0';
	close(listener);
}

/* The read-back: init is in VERIFY once its first bytes are there. */
static void pass_gate(int gate, int pid, struct outcome *outcome)
{
	char path[64], bytes[8192];
	struct pollfd waiting = {.fd = gate, .events = POLLIN};

	poll(&waiting, 1, -1);
	if (waiting.revents & POLLIN) {
		snprintf(path, sizeof(path), "/proc/%d/status", pid);
		int file = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t size = file < 0 ? 0 : read(file, outcome->proc_status, sizeof(outcome->proc_status) - 1);
		outcome->proc_status[size < 0 ? 0 : size] = '\0';
		close(file);
	}
	for (size_t drained = 0; drained < sizeof(bytes);) {
		ssize_t size = read(gate, bytes, sizeof(bytes) - drained);
		if (size <= 0)
			break;
		drained += (size_t)size;
	}
}

static void answer(struct launch *launch, int channel, const struct spawn_result *child, uint32_t what,
		   struct outcome *outcome)
{
	if (what == AWAIT_USER_MAPPING) {
		write_map(child->pid, "uid_map", launch->uid_map);
		write_map(child->pid, "gid_map", launch->uid_map);
	}
	if (what != AWAIT_START) {
		send_continue(channel, what, -1);
		return;
	}
	int gate[2];
	checked(pipe2(gate, O_CLOEXEC), "pipe2");
	checked(fcntl(gate[0], F_SETPIPE_SZ, 4096), "F_SETPIPE_SZ");
	send_continue(channel, what, gate[1]);
	close(gate[1]);
	if (launch->takes_listener)
		take_listener(gate[0], child, outcome);
	pass_gate(gate[0], child->pid, outcome);
	close(gate[0]);
}

static int pid_of(int pidfd)
{
	char path[64], line[256];
	int pid = -1;
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	FILE *file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, "Pid:", 4) == 0)
			pid = atoi(line + 4);
	if (file)
		fclose(file);
	return pid;
}

/* Serves the channel until it ends or the program is reached. */
void serve_channel(struct launch *launch, int channel, struct spawn_result *child, struct outcome *outcome)
{
	struct message message;
	int descriptor;

	while (receive(channel, &message, &descriptor) > 0) {
		if (message.type == MESSAGE_AWAIT) {
			answer(launch, channel, child, message.value, outcome);
		} else if (message.type == MESSAGE_DONE) {
			outcome->done++;
		} else if (message.type == MESSAGE_FAILED) {
			outcome->failed = message;
			outcome->executed = false;
			return;
		} else if (message.type == MESSAGE_SEND && message.value == SEND_TERMINAL) {
			outcome->terminal = descriptor;
		} else if (message.type == MESSAGE_SEND && message.value == SEND_PID) {
			siginfo_t info;
			waitid((idtype_t)3, (id_t)child->pidfd, &info, WEXITED | __WALL);
			close(child->pidfd);
			child->pidfd = descriptor;
			child->pid = pid_of(descriptor);
		}
	}
}

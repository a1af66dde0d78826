#include "report.h"

#include <string.h>
#include <sys/socket.h>

static struct message message_of(const struct context *context, enum message_type type)
{
	return (struct message){.type = type, .step = context->index};
}

/* write, not send: seccomp filters that let a program live allow write. */
_Noreturn void report_failure(const struct context *context, int result)
{
	struct message message = message_of(context, MESSAGE_FAILED);
	message.error = -result;
	message.cause = context->cause;
	message.value = context->value;
	message.detail_size = context->detail_size;
	memcpy(message.detail, context->detail, context->detail_size);
	/* Nobody is left to tell when this fails. */
	(void)!write(context->channel, &message, sizeof(message));
	_exit(1);
}

void report_done(const struct context *context, uint64_t nanoseconds)
{
	struct message message = message_of(context, MESSAGE_DONE);
	message.nanoseconds = nanoseconds;
	/* A lost trace line must not stop a container; a lost launcher is noticed at the next AWAIT. */
	(void)!write(context->channel, &message, sizeof(message));
}

union descriptor_space {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static int send_message(int channel, struct message *message, int descriptor)
{
	struct iovec part = {.iov_base = message, .iov_len = sizeof(*message)};
	struct msghdr envelope = {.msg_iov = &part, .msg_iovlen = 1};
	union descriptor_space space = {0};

	if (descriptor >= 0) {
		envelope.msg_control = space.bytes;
		envelope.msg_controllen = sizeof(space.bytes);
		struct cmsghdr *control = CMSG_FIRSTHDR(&envelope);
		control->cmsg_level = SOL_SOCKET;
		control->cmsg_type = SCM_RIGHTS;
		control->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(control), &descriptor, sizeof(int));
	}
	int result;
	do
		result = kernel_result(sendmsg(channel, &envelope, MSG_NOSIGNAL));
	while (result == -EINTR);
	return result < 0 ? result : 0;
}

int report_await(const struct context *context, int channel, enum await what)
{
	struct message message = message_of(context, MESSAGE_AWAIT);
	message.value = what;
	return send_message(channel, &message, -1);
}

int report_send(const struct context *context, enum send what, int descriptor)
{
	struct message message = message_of(context, MESSAGE_SEND);
	message.value = what;
	return send_message(context->channel, &message, descriptor);
}

static int received_descriptor(struct msghdr *envelope)
{
	int descriptor = -1;
	struct cmsghdr *control = CMSG_FIRSTHDR(envelope);

	if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS &&
	    control->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&descriptor, CMSG_DATA(control), sizeof(int));
	return descriptor;
}

int receive_continue(int channel, enum await what, int *descriptor)
{
	struct message message;
	struct iovec part = {.iov_base = &message, .iov_len = sizeof(message)};
	union descriptor_space space = {0};
	struct msghdr envelope = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = space.bytes, .msg_controllen = sizeof(space.bytes)};
	int result;

	do
		result = kernel_result(recvmsg(channel, &envelope, MSG_CMSG_CLOEXEC));
	while (result == -EINTR);
	*descriptor = result < 0 ? -1 : received_descriptor(&envelope);
	if (result == 0 || result == -ECONNRESET)
		return -EPIPE;
	if (result < 0)
		return result;
	if (result != sizeof(message) || (envelope.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) ||
	    message.type != MESSAGE_CONTINUE || message.value != (uint32_t)what)
		return -EPROTO;
	return 0;
}

/* The channel to the launcher: see README.md for the handshake. */
#ifndef MINIRUN_REPORT_H
#define MINIRUN_REPORT_H

#include "context.h"

/* Reports the failure noted in the context with this (negative) errno, and dies. Uses write and _exit only.
 */
_Noreturn void report_failure(const struct context *context, int result);

/* Tells that the current step is done, for traced plans. */
void report_done(const struct context *context, uint64_t nanoseconds);

/* Says what is awaited; 0 or -errno. */
int report_await(const struct context *context, int channel, enum await what);

/* Hands a descriptor to the launcher; 0 or -errno. */
int report_send(const struct context *context, enum send what, int descriptor);

/*
 * Receives the CONTINUE of `what`; its descriptor, if it has one, goes to `descriptor` (else -1). Returns 0,
 * -EPIPE when the other side is gone, or -EPROTO.
 */
int receive_continue(int channel, enum await what, int *descriptor);

#endif

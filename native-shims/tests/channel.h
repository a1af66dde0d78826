/* The launcher's side of the channel, for the tests. */
#ifndef MINIRUN_CHANNEL_H
#define MINIRUN_CHANNEL_H

#include "harness.h"

/* Answers init until it has executed the program, failed or begun to wait for `start`; follows a fork. */
void serve_channel(struct launch *launch, int channel, struct spawn_result *child, struct outcome *outcome);

/* The result of a call that must not fail here. */
int checked(int result, const char *call);
_Noreturn void give_up(const char *call);

#endif

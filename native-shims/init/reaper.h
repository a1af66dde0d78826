/* --init: pid 1 stays, passes signals on to the program and reaps what is left to it. */
#ifndef MINIRUN_REAPER_H
#define MINIRUN_REAPER_H

#include "context.h"

enum reaper { REAPER_IS_PARENT, REAPER_IS_CHILD };

/* Forks; the child goes on to execute the program and to report its failure itself. Dies where that is
 * impossible. */
enum reaper start_reaping(struct context *context);

/* Ends with the program's status, 128+n for signal n. */
_Noreturn void reap_until_program_ends(struct context *context);

#endif

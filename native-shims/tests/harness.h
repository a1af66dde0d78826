/* Launches real plans as the launcher does: spawn, answers on the channel, the gate. For root only. */
#ifndef MINIRUN_HARNESS_H
#define MINIRUN_HARNESS_H

#include "plan_builder.h"
#include "spawn.h"

#include <stdbool.h>

enum { SLOT_ROOT, SLOT_FIRST_FREE };

struct outcome {
	bool executed;		/* the program was reached */
	struct message failed;	/* else what init said */
	int status;		/* exit status, 128+n for a signal; of pid 1 */
	char proc_status[4096]; /* /proc/PID/status while init waited in VERIFY */
	char output[8192];	/* of the program, stdout and stderr */
	unsigned int done;	/* MESSAGE_DONEs received */
	int terminal;		/* the master, or -1 */
	char listener[64];	/* what the descriptor is that the first word at the gate names; "" */
};

struct launch {
	struct plan_builder plan;
	uint64_t namespaces;
	bool keep_capabilities;
	const char *uid_map; /* written at AWAIT_USER_MAPPING, to gid_map too */
	int inherited[16];   /* the slots that arrive open, in order */
	int inherited_count;
	bool takes_listener; /* the first int at the gate is the number of a seccomp listener */
	bool start_twice;    /* ACCEPT_START: a first `start` dies before it says go */
	const char *start_socket;
};

/* A plan that begins, with the root slot inherited: a clone of the test's root folder. */
void launch_begin(struct launch *launch, uint64_t namespaces);

/* The usual steps into the root, up to a private /proc in it. */
void add_root_steps(struct launch *launch);

/* The usual last steps: find the program, await START, no_new_privs, verify, execute `sh -c script`. */
void add_program_steps(struct launch *launch, const char *script);
void add_execute(struct launch *launch, const char *program, const char *strings, size_t size, unsigned int argc,
		 bool init);

/* plan_add and plan_set_text in one. */
struct plan_step *add(struct launch *launch, enum step_kind kind, const char *text0, const char *text1);

void launch_run(struct launch *launch, struct outcome *outcome);

/* The tests' root folder, with a busybox in it; made once, and taken away. */
const char *root_folder(void);
void remove_root_folder(void);

/* Reports a test; `why` is printed when it is not fulfilled. */
void check(const char *name, bool fulfilled, const struct outcome *outcome);
extern int failures;

#endif

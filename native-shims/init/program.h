/* What ails a program, found out before it is executed. */
#ifndef MINIRUN_PROGRAM_H
#define MINIRUN_PROGRAM_H

#include "kernel.h"
#include "plan.h"

struct ailment {
	int result;	       /* 0: worth trying to execute; else -errno */
	uint32_t cause;	       /* enum cause; with result 0 what to say should execve refuse it */
	uint32_t value;	       /* e_machine for CAUSE_WRONG_ARCHITECTURE */
	char object[PATH_MAX]; /* what is missing, where it is not the program itself; else "" */
};

void diagnose_program(const char *path, struct ailment *ailment);

#endif

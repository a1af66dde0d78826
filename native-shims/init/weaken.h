/*
 * Protections that a fault-injection build does without where a test asks for it (MINIRUN_WEAKEN), to show that the
 * test's attack succeeds then. They are header flags; in a release build the decoder refuses them and the compiler sees
 * that weakened() is never true.
 */
#ifndef MINIRUN_WEAKEN_H
#define MINIRUN_WEAKEN_H

#include <stdbool.h>
#include <stdint.h>

/* Mirrored by src/MiniRun.Runtime/Launch/Weakening.cs. */
enum weakness {
	WEAK_PATHS = 0x100,	   /* no RESOLVE_* flags: symlinks lead to wherever they say, as in open(2) */
	WEAK_PROCFS = 0x200,	   /* what is called /proc inside is written to, whatever it is */
	WEAK_TERMINAL = 0x400,	   /* /dev/console becomes what is called /dev/pts/0 */
	WEAK_READONLY = 0x800,	   /* a read-only path is mounted first and made read-only by its name then */
	WEAK_DUMPABLE = 0x1000,	   /* init can be traced */
	WEAK_INHERITABLE = 0x2000, /* what took init's capabilities through its exec goes on to the program */
	WEAK_ALL = 0x3f00
};

#ifdef MINIRUN_FAULTS
/* Set once, before the first step. */
extern uint16_t weaknesses;

static inline bool weakened(enum weakness weakness)
{
	return (weaknesses & weakness) != 0;
}
#else
static inline bool weakened(enum weakness weakness)
{
	(void)weakness;
	return false;
}
#endif

#endif

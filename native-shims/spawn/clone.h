/* How a child that shares our memory is made and what it may do: raw system calls, nothing of libc. */
#ifndef MINIRUN_CLONE_H
#define MINIRUN_CLONE_H

#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>

/*
 * clone3, and in the child a call of `entry`, which must not return, on the new stack. Gives the pid, or
 * -errno: libc's errno is not touched, because with CLONE_VM the child's would be ours.
 */
__attribute__((visibility("hidden"))) long minirun_clone3(struct clone_args *arguments, size_t size,
							  void (*entry)(void *), void *argument);

#if defined(__x86_64__)
static inline long kernel_call(long number, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return result;
}
#elif defined(__aarch64__)
static inline long kernel_call(long number, long a, long b, long c, long d, long e)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
	return x0;
}
#else
#error "minirun knows x86_64 and aarch64"
#endif

/* Blocks every signal, libc's internal ones too, so that no handler of .NET's can run in the child. */
static inline void block_signals(unsigned long *before)
{
	unsigned long all = ~0UL;
	kernel_call(SYS_rt_sigprocmask, SIG_BLOCK, (long)&all, (long)before, sizeof(all), 0);
}

static inline void restore_signals(const unsigned long *before)
{
	kernel_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)before, 0, sizeof(*before), 0);
}

#endif

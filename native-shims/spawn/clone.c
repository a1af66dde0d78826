/*
 * clone3 with a stack of the child's own. This cannot be C: the child returns from the kernel on an empty
 * stack and must not return through our caller's frame, which is the parent's.
 */
#include "clone.h"

#if defined(__x86_64__)
__asm__(".text\n"
	".hidden minirun_clone3\n"
	".globl minirun_clone3\n"
	".type minirun_clone3, @function\n"
	"minirun_clone3:\n"
	"	.cfi_startproc\n"
	"	mov %rcx, %r8\n" /* the kernel overwrites rcx and r11, nothing else */
	"	mov $435, %eax\n"
	"	syscall\n"
	"	test %rax, %rax\n"
	"	jz 1f\n"
	"	ret\n"
	"1:	.cfi_undefined rip\n"
	"	xor %ebp, %ebp\n"
	"	mov %r8, %rdi\n"
	"	call *%rdx\n"
	"	ud2\n"
	"	.cfi_endproc\n"
	".size minirun_clone3, . - minirun_clone3\n");
#elif defined(__aarch64__)
__asm__(".text\n"
	".hidden minirun_clone3\n"
	".globl minirun_clone3\n"
	".type minirun_clone3, %function\n"
	"minirun_clone3:\n"
	"	.cfi_startproc\n"
	"	mov x8, #435\n"
	"	svc #0\n" /* the kernel overwrites x0, nothing else */
	"	cbz x0, 1f\n"
	"	ret\n"
	"1:	.cfi_undefined x30\n"
	"	mov x29, #0\n"
	"	mov x0, x3\n"
	"	blr x2\n"
	"	brk #1\n"
	"	.cfi_endproc\n"
	".size minirun_clone3, . - minirun_clone3\n");
#endif

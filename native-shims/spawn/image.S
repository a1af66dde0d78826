/* The bytes of minirun-init as read-only data: the program is never looked up in a file system. */
	.section .rodata, "a"
	.balign 4096
	.hidden minirun_init_start
	.globl minirun_init_start
minirun_init_start:
	.incbin INIT_IMAGE
	.hidden minirun_init_end
	.globl minirun_init_end
minirun_init_end:
	.byte 0
	.section .note.GNU-stack, "", %progbits

/* One handler a step kind, each 0 or -errno with call and object noted by failed(). What they do: plan.h. */
#ifndef MINIRUN_STEPS_H
#define MINIRUN_STEPS_H

#include "context.h"

typedef int step_handler(struct context *context, const struct plan_step *step);

step_handler step_await, step_accept_start, step_verify; /* step_start.c */
step_handler step_execute;				 /* step_execute.c */
step_handler step_scheduler, step_io_priority, step_personality, step_memory_policy,
	step_affinity;								      /* step_scheduling.c */
step_handler step_hook;								      /* step_hook.c */
step_handler step_become_root, step_join, step_unshare, step_time_offsets, step_fork; /* step_namespaces.c */
step_handler step_new_session, step_hostname, step_domainname, step_rlimit, step_loopback_up, step_keyring, step_umask,
	step_close, step_stdio_owner;						 /* step_process.c */
step_handler step_open_tree, step_new_mount, step_mount_attributes, step_attach; /* step_mounts.c */
step_handler step_copy_up;							 /* step_copy.c */
step_handler step_propagation, step_enter_root, step_check_root;		 /* step_root.c */
step_handler step_mask_path, step_readonly_path;				 /* step_hide.c */
step_handler step_open_procfs, step_write_proc;					 /* step_procfs.c */
step_handler step_make_node, step_make_symlink;					 /* step_nodes.c */
step_handler step_open_terminal;						 /* step_terminal.c */
step_handler step_working_directory, step_find_program;				 /* step_program.c */
step_handler step_identity, step_no_new_privileges, step_seccomp;		 /* step_identity.c */
step_handler step_bounding_set, step_capabilities;				 /* step_capabilities.c */

/* Makes this process untraceable and its /proc files root's; 0 or -errno. */
int forbid_dump(void);

/* Lays out a step's counted strings as argv and envp, which point into the plan; 0 or -errno, noted. */
int lay_out_strings(struct context *context, const struct plan_step *step, char ***arguments, char ***environment);

/*
 * Puts the preserved descriptors at 3 …, everything else out of their way and closing at exec, and lays out
 * argv and envp. Called at START, the last moment when other calls than write and execve are sure to be
 * allowed.
 */
int prepare_execution(struct context *context);

#endif

/*
 * The launch plan as minirun-init reads it: one header, fixed-width steps, NUL-terminated texts, blobs.
 *
 * The format is private to one build: both sides carry the same build id and refuse each other otherwise, so there
 * is no compatibility to keep. The C# mirror is src/MiniRun.Runtime/Plan/Wire; tests/MiniRun.Abi.Tests compares both.
 */
#ifndef MINIRUN_PLAN_H
#define MINIRUN_PLAN_H

#include <stddef.h>
#include <stdint.h>

#define PLAN_MAGIC 0x4e4c504dU /* "MPLN", little endian */
#define PLAN_VERSION 1
#define PLAN_BUILD_ID_SIZE 16

/* Bounds: what a plan may hold at most. The encoder checks them first, the decoder again. */
#define PLAN_MAX_SIZE (16U << 20)
#define PLAN_MAX_STEPS 8192
#define PLAN_MAX_SLOTS 4096

/* File descriptors minirun-init starts with; inherited slot i is descriptor FD_FIRST_SLOT + i. */
#define FD_CHANNEL 3
#define FD_PLAN 4
#define FD_FIRST_SLOT 5

#define PLAN_FLAG_TRACE 1U /* report every step that succeeded, with its time */

struct plan_header {
	uint32_t magic;
	uint16_t version;
	uint16_t flags;
	uint8_t build_id[PLAN_BUILD_ID_SIZE];
	uint32_t total_size;
	uint32_t step_count;
	uint32_t text_size;
	uint32_t blob_size;
	uint32_t slot_count;
	uint32_t inherited; /* slots 0 … inherited-1 arrive open, the preserved ones included */
	uint32_t preserved; /* the last `preserved` of those are the caller's 3 …, and the program's again */
	uint32_t fault;	    /* fault-injection builds: die at this step (1-based); else 0, anything else is refused */
};

/* The end of the header is followed by step_count steps, then text_size bytes, then blob_size bytes. */
struct plan_step {
	uint16_t kind;
	uint16_t flags;
	int16_t a, b, c; /* slots; -1 is none */
	int16_t reserved;
	uint32_t text[3];     /* offsets into the texts; offset 0 is the empty text */
	uint32_t blob_offset; /* into the blobs */
	uint32_t blob_size;
	uint64_t argument[4];
};

_Static_assert(sizeof(struct plan_header) == 56, "shared with C#");
_Static_assert(sizeof(struct plan_step) == 64, "shared with C#");

/*
 * Step kinds. Slots, texts and arguments are named in the order they stand in struct plan_step;
 * "→ b" is a slot the step fills. A kind's handler has the kind's name in lower case: step_enter_root.
 */
enum step_kind {
	STEP_AWAIT = 1,	       /* argument0: enum await. Say so on the channel, wait for its CONTINUE */
	STEP_BECOME_ROOT = 2,  /* ids 0 in the just mapped or joined user namespace; ambient and inheritable cleared */
	STEP_JOIN = 3,	       /* a: namespace fd or pidfd; argument0: CLONE_NEW* → setns */
	STEP_UNSHARE = 4,      /* argument0: CLONE_NEW* */
	STEP_TIME_OFFSETS = 5, /* text0: lines for timens_offsets */
	STEP_FORK = 6, /* argument0: clone3 flags (CLONE_NEWPID or 0); child goes on, pidfd is sent as SEND_PID */
	STEP_NEW_SESSION = 7,  /* setsid */
	STEP_PROPAGATION = 8,  /* argument0: MS_* propagation flags for "/" */
	STEP_OPEN_TREE = 9,    /* → a; text0: host path; argument0: open_tree flags, 0: open the directory itself.
				 argument1, argument2: S_IFMT and dev_t it must have, both 0: whatever;
				 argument3: 1 = the path was resolved before: no symlink is followed */
	STEP_OPEN_PROCFS = 10, /* → a: a private procfs (fsopen, or a clone of /proc where the kernel refuses) */
	STEP_NEW_MOUNT = 11,   /* → a; text0: type; text1: source; blob: "key[=value]\0"…; argument0: MOUNT_ATTR_*;
				  argument1: 1 = where refused, clone the host's text2 recursively and
				  set argument0 on all of it */
	STEP_MOUNT_ATTRIBUTES = 12, /* a; argument0: set; argument1: clear; argument2: propagation (MS_*);
				       argument3: 1 = recursive */
	STEP_ENTER_ROOT = 13,	    /* a: root's mount; afterwards a is also the new "/" for openat2 */
	STEP_ATTACH = 14,	    /* a: root; b: mount; text0: destination; flags: ATTACH_*. Makes what is missing */
	STEP_MAKE_NODE = 15,	    /* a; text0: path; argument0: S_IFMT|mode; argument1: dev_t (kernel's makedev);
				   argument2: uid; argument3: gid. The same node there already is fine */
	STEP_MAKE_SYMLINK = 16,	    /* a; text0: path; text1: target. The same link there already is fine */
	STEP_MASK_PATH = 17,	 /* a: root; b: mount of /dev/null; c: mount of an empty read-only tmpfs; text0: path */
	STEP_READONLY_PATH = 18, /* a: root; text0: path */
	STEP_HOSTNAME = 19,	 /* text0 */
	STEP_DOMAINNAME = 20,	 /* text0 */
	STEP_WRITE_PROC = 21,	 /* a: private procfs; text0: path below it; text1: value */
	STEP_RLIMIT = 22,	 /* argument0: RLIMIT_*; argument1: soft; argument2: hard */
	STEP_LOOPBACK_UP = 23,
	STEP_OPEN_TERMINAL = 24,     /* a: root; argument0: rows; argument1: columns; argument2: uid;
					argument3: 1 = also as /dev/console. Master is sent as SEND_TERMINAL */
	STEP_KEYRING = 25,	     /* text0: name of the new session keyring */
	STEP_WORKING_DIRECTORY = 26, /* a: root; text0: path; argument0: 1 = make it; argument1: uid; argument2: gid */
	STEP_FIND_PROGRAM = 27,	     /* text0: program; text1: PATH. Remembers what to execute and what ails it */
	STEP_BOUNDING_SET = 28,	     /* argument0: mask to keep */
	STEP_UMASK = 29,	     /* argument0 */
	STEP_IDENTITY = 30,	     /* argument0: uid; argument1: gid; blob: uint32_t groups[]; flags: IDENTITY_* */
	STEP_CAPABILITIES = 31,	     /* argument0…3: effective, permitted, inheritable, ambient */
	STEP_NO_NEW_PRIVILEGES = 32,
	STEP_CHECK_ROOT = 33,	 /* a: root; argument0: ST_* mount flags "/" must have (ST_RDONLY …) */
	STEP_ACCEPT_START = 34,	 /* a: listening socket. Waits for `start`; its connection becomes the channel */
	STEP_SECCOMP = 35,	 /* blob: struct sock_filter[]; argument0: SECCOMP_FILTER_FLAG_*. The number of a
				   NEW_LISTENER is written to the gate, as an int */
	STEP_VERIFY = 36,	 /* blocks in write(gate) until the launcher has read back /proc/PID/status */
	STEP_EXECUTE = 37,	 /* blob: strings "argv…\0" then "env…\0"; argument0: argc; argument1: envc;
				   argument2: 1 = stay as pid 1 and reap (--init) */
	STEP_CLOSE = 38,	 /* a, b, c: slots no longer needed */
	STEP_STDIO_OWNER = 39,	 /* argument0: uid; those of stdin, stdout and stderr that are pipes become its */
	STEP_COPY_UP = 40,	 /* a: root; b: a new mount; text0: destination, whose content is copied into b;
				   argument0: 1 = its owner, mode and times too */
	STEP_HOOK = 41,		 /* text0: program; text1, text2: the state's JSON before and after its pid; blob: as
				   EXECUTE's; argument0: argc; argument1: envc; argument2: seconds, 0: no limit */
	STEP_SCHEDULER = 42,	 /* blob: struct sched_attr, its first version */
	STEP_IO_PRIORITY = 43,	 /* argument0: IOPRIO_PRIO_VALUE */
	STEP_PERSONALITY = 44,	 /* argument0 */
	STEP_MEMORY_POLICY = 45, /* argument0: MPOL_* mode and flags; blob: uint32_t nodemask[], empty: none */
	STEP_AFFINITY = 46,	 /* blob: uint32_t cpus[] */
	STEP_KIND_COUNT = 47
};

enum await {
	AWAIT_USER_MAPPING = 1, /* until uid_map and gid_map are written */
	AWAIT_NETWORK = 2,	/* until devices are moved in */
	AWAIT_HOOKS = 3,	/* until the hooks of this moment have run */
	AWAIT_COMMIT = 4,	/* `create`: until the state is committed */
	AWAIT_START = 5		/* until told to go; CONTINUE carries the gate's write end. After ACCEPT_START it is
				   said to every `start` that gets its turn, on its connection: one that hears nothing
				   lost. Those two messages are read across builds, so a change takes another number */
};

enum send {
	SEND_PID = 1,	  /* SCM_RIGHTS: pidfd of the forked pid 1 */
	SEND_TERMINAL = 2 /* SCM_RIGHTS: the terminal's master */
};

/* STEP_ATTACH flags */
#define ATTACH_NO_SYMLINKS 1U /* no component of the destination may be a symlink (/proc, /sys: CVE-2019-19921) */
#define ATTACH_NO_CREATE 2U   /* the destination must exist */

/* STEP_IDENTITY flags */
#define IDENTITY_KEEP_GROUPS 1U /* setgroups is denied in this user namespace */

/* What goes over the channel, an AF_UNIX SOCK_SEQPACKET pair: one message a packet, descriptors by SCM_RIGHTS. */
enum message_type {
	MESSAGE_AWAIT = 1,    /* init → launcher; value: enum await */
	MESSAGE_CONTINUE = 2, /* launcher → init; value: enum await */
	MESSAGE_SEND = 3,     /* init → launcher; value: enum send; with one descriptor */
	MESSAGE_DONE = 4,     /* init → launcher, traced plans only */
	MESSAGE_FAILED = 5    /* init → launcher: the step, its errno, and detail "call\0object"; then _exit(1) */
};

#define MESSAGE_DETAIL_SIZE 480

struct message {
	uint32_t type;
	uint32_t step; /* index among the plan's encoded steps; UINT32_MAX: before the first */
	int32_t error; /* errno, positive */
	uint32_t value;
	uint64_t nanoseconds;
	uint32_t cause; /* enum cause */
	uint32_t detail_size;
	char detail[MESSAGE_DETAIL_SIZE];
};

_Static_assert(sizeof(struct message) == 512, "shared with C#");

/* What errno alone does not say. */
enum cause {
	CAUSE_NONE = 0,
	CAUSE_BAD_PLAN = 1,	   /* magic, version, build id, lengths, unknown step */
	CAUSE_PROGRAM_MISSING = 2, /* not found, or not in PATH */
	CAUSE_PROGRAM_NOT_EXECUTABLE = 3,
	CAUSE_PROGRAM_IS_DIRECTORY = 4,
	CAUSE_INTERPRETER_MISSING = 5, /* "#!" names a file that is not there; detail object: it */
	CAUSE_LOADER_MISSING = 6,      /* PT_INTERP names a file that is not there; detail object: it */
	CAUSE_WRONG_ARCHITECTURE = 7,  /* ELF for another machine; value: e_machine */
	CAUSE_NOT_A_PROGRAM = 8,       /* neither ELF nor "#!" */
	CAUSE_SYMLINK_REFUSED = 9,     /* a symlink where a mount of /proc or /sys belongs */
	CAUSE_NOT_PROCFS = 10,
	CAUSE_WRONG_NODE = 11,	 /* something else stands where a device belongs */
	CAUSE_OUTSIDE_ROOT = 12, /* the working directory is not below the root */
	CAUSE_ROOT_FLAGS = 13,	 /* "/" lacks a flag that was asked for */
	CAUSE_HOOK_FAILED = 14,	 /* value: its exit status, 128+n for a signal; detail: its last words, the program */
	CAUSE_HOOK_TIMEOUT = 15	 /* value: the seconds it had; detail as above */
};

#endif

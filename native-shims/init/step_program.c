#include "path.h"
#include "program.h"
#include "steps.h"
#include "weaken.h"

#include <string.h>

/* The working directory is opened inside the root; that it lies there is checked again from inside
 * (CVE-2024-21626). */
static int enter_directory(struct context *context, int directory, const char *path)
{
	char current[PATH_MAX];
	struct stat there, here;

	int result = KERNEL(fchdir, directory);
	if (result < 0)
		return failed(context, result, "fchdir", path);
	if (weakened(WEAK_PATHS))
		return 0;
	/* The raw call: the kernel says "(unreachable)/…" where libc would fail or guess. */
	result = KERNEL(getcwd, current, sizeof(current));
	if (result < 0)
		return failed(context, result, "getcwd", path);
	if (current[0] != '/')
		return failed_because(context, -EPERM, CAUSE_OUTSIDE_ROOT, "getcwd", path);
	result = kernel_result(fstat(directory, &there));
	if (result >= 0)
		result = kernel_result(stat(current, &here));
	if (result < 0)
		return failed(context, result, "stat", path);
	if (there.st_dev != here.st_dev || there.st_ino != here.st_ino)
		return failed_because(context, -EPERM, CAUSE_OUTSIDE_ROOT, "stat", path);
	return 0;
}

static int make_directory(struct context *context, const struct plan_step *step, const char *path)
{
	bool made = false;
	SCOPED_FD directory = path_make(slot(context, step->a), path, PATH_DIRECTORY, 0, &made);

	if (directory < 0)
		return failed(context, directory, "mkdirat", path);
	if (!made)
		return keep(&directory);
	int result = KERNEL(fchownat, directory, "", (unsigned int)step->argument[1], (unsigned int)step->argument[2],
			    AT_EMPTY_PATH);
	return result < 0 ? failed(context, result, "fchownat", path) : keep(&directory);
}

int step_working_directory(struct context *context, const struct plan_step *step)
{
	const char *path = text(context, step, 0);
	SCOPED_FD directory =
		path_open(slot(context, step->a), path, O_PATH | O_DIRECTORY, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);

	if (directory == -ENOENT && step->argument[0] == 1) {
		directory = make_directory(context, step, path);
		if (directory < 0)
			return directory;
	}
	if (directory < 0)
		return failed(context, directory, "openat2", path);
	return enter_directory(context, directory, path);
}

static int join_path(char *out, const char *directory, size_t size, const char *name)
{
	size_t length = strlen(name);
	/* An empty part of PATH is the working directory. */
	if (size == 0) {
		directory = ".";
		size = 1;
	}
	if (size + 1 + length >= PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(out, directory, size);
	out[size] = '/';
	memcpy(out + size + 1, name, length + 1);
	return 0;
}

/* The first file in PATH that could be executed; failing that, the first ailment that says more than
 * "missing". */
static int search_path(struct context *context, const char *name, const char *path, struct ailment *ailment)
{
	struct ailment first = {.result = -ENOENT, .cause = CAUSE_PROGRAM_MISSING};

	for (const char *part = path;; part++) {
		size_t size = strcspn(part, ":");
		if (join_path(context->program, part, size, name) == 0) {
			diagnose_program(context->program, ailment);
			if (ailment->result == 0)
				return 0;
			if (first.cause == CAUSE_PROGRAM_MISSING)
				first = *ailment;
		}
		part += size;
		if (*part == '\0')
			break;
	}
	*ailment = first;
	return first.result;
}

/*
 * Finds out now, while `create` still listens, what execve would only call ENOENT, EACCES or ENOEXEC later.
 * What binfmt_misc might run all the same is remembered and told when execve fails.
 */
int step_find_program(struct context *context, const struct plan_step *step)
{
	const char *name = text(context, step, 0);
	size_t size = strlen(name) + 1;
	struct ailment ailment = {.result = -ENOENT, .cause = CAUSE_PROGRAM_MISSING};

	if (size > PATH_MAX)
		return failed(context, -ENAMETOOLONG, "execve", "program");
	if (strchr(name, '/')) {
		memcpy(context->program, name, size);
		diagnose_program(context->program, &ailment);
	} else if (*name) {
		search_path(context, name, text(context, step, 1), &ailment);
	}
	context->program_cause = ailment.cause;
	context->value = context->program_value = ailment.value;
	if (ailment.result < 0)
		return failed_because(context, ailment.result, (enum cause)ailment.cause, "execve",
				      *ailment.object ? ailment.object : name);
	return 0;
}

#include "program.h"

#include <elf.h>
#include <string.h>

#if defined(__x86_64__)
#define NATIVE_MACHINE EM_X86_64
#define COMPATIBLE_MACHINE EM_386
#elif defined(__aarch64__)
#define NATIVE_MACHINE EM_AARCH64
#define COMPATIBLE_MACHINE EM_ARM
#else
#error "minirun knows x86_64 and aarch64"
#endif

#define BEGINNING_SIZE 256 /* BINPRM_BUF_SIZE: what the kernel looks at */
#define PROGRAM_HEADERS_MAX 64

static void ails(struct ailment *ailment, int result, enum cause cause)
{
	ailment->result = result;
	ailment->cause = cause;
}

static bool exists(const char *path)
{
	struct stat status;
	int result = kernel_result(stat(path, &status));
	return result == 0 || (result != -ENOENT && result != -ENOTDIR);
}

/* "#!" blanks, the interpreter, then blanks or the line's end. */
static void diagnose_script(const char *beginning, struct ailment *ailment)
{
	const char *start = beginning + 2 + strspn(beginning + 2, " \t");
	size_t size = strcspn(start, " \t\n");

	if (size == 0) {
		ails(ailment, 0, CAUSE_NOT_A_PROGRAM);
		return;
	}
	memcpy(ailment->object, start, size);
	ailment->object[size] = '\0';
	if (exists(ailment->object))
		ailment->object[0] = '\0';
	else
		ails(ailment, -ENOENT, CAUSE_INTERPRETER_MISSING);
}

static void diagnose_loader(int file, uint64_t offset, uint64_t size, struct ailment *ailment)
{
	if (size == 0 || size >= sizeof(ailment->object))
		return;
	if (pread(file, ailment->object, size, (off_t)offset) != (ssize_t)size) {
		ailment->object[0] = '\0';
		return;
	}
	ailment->object[size] = '\0';
	if (exists(ailment->object))
		ailment->object[0] = '\0';
	else
		ails(ailment, -ENOENT, CAUSE_LOADER_MISSING);
}

static void diagnose_elf64(int file, const Elf64_Ehdr *header, struct ailment *ailment)
{
	for (int i = 0; i < header->e_phnum && i < PROGRAM_HEADERS_MAX; i++) {
		Elf64_Phdr segment;
		off_t offset = (off_t)(header->e_phoff + (uint64_t)i * sizeof(segment));
		if (pread(file, &segment, sizeof(segment), offset) != sizeof(segment))
			return;
		if (segment.p_type == PT_INTERP) {
			diagnose_loader(file, segment.p_offset, segment.p_filesz, ailment);
			return;
		}
	}
}

static void diagnose_elf32(int file, const Elf32_Ehdr *header, struct ailment *ailment)
{
	for (int i = 0; i < header->e_phnum && i < PROGRAM_HEADERS_MAX; i++) {
		Elf32_Phdr segment;
		off_t offset = (off_t)(header->e_phoff + (uint64_t)i * sizeof(segment));
		if (pread(file, &segment, sizeof(segment), offset) != sizeof(segment))
			return;
		if (segment.p_type == PT_INTERP) {
			diagnose_loader(file, segment.p_offset, segment.p_filesz, ailment);
			return;
		}
	}
}

static void diagnose_elf(int file, const char *beginning, struct ailment *ailment)
{
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;

	memcpy(&wide, beginning, sizeof(wide));
	memcpy(&narrow, beginning, sizeof(narrow));
	if (wide.e_machine == NATIVE_MACHINE && wide.e_ident[EI_CLASS] == ELFCLASS64) {
		diagnose_elf64(file, &wide, ailment);
	} else if (wide.e_machine == COMPATIBLE_MACHINE && wide.e_ident[EI_CLASS] == ELFCLASS32) {
		diagnose_elf32(file, &narrow, ailment);
	} else {
		ails(ailment, 0, CAUSE_WRONG_ARCHITECTURE);
		ailment->value = wide.e_machine;
	}
}

static void diagnose_beginning(int file, struct ailment *ailment)
{
	char beginning[BEGINNING_SIZE + 1] = {0};
	ssize_t size = pread(file, beginning, BEGINNING_SIZE, 0);

	if (size < 0)
		return;
	if (memcmp(beginning, "#!", 2) == 0)
		diagnose_script(beginning, ailment);
	else if (memcmp(beginning, ELFMAG, SELFMAG) == 0 && (size_t)size >= sizeof(Elf64_Ehdr))
		diagnose_elf(file, beginning, ailment);
	else
		ails(ailment, 0, CAUSE_NOT_A_PROGRAM);
}

void diagnose_program(const char *path, struct ailment *ailment)
{
	struct stat status;
	int result = kernel_result(stat(path, &status));

	*ailment = (struct ailment){0};
	if (result < 0)
		ails(ailment, result, result == -EACCES ? CAUSE_PROGRAM_NOT_EXECUTABLE : CAUSE_PROGRAM_MISSING);
	else if (S_ISDIR(status.st_mode))
		ails(ailment, -EACCES, CAUSE_PROGRAM_IS_DIRECTORY);
	else if (!S_ISREG(status.st_mode) || (status.st_mode & 0111) == 0)
		ails(ailment, -EACCES, CAUSE_PROGRAM_NOT_EXECUTABLE);
	if (ailment->result < 0)
		return;
	/* A program one may execute but not read is tried as it is. */
	SCOPED_FD file = KERNEL(openat, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (file >= 0)
		diagnose_beginning(file, ailment);
}

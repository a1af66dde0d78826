/*
 * Lies in wait for processes that enter its container, and tries to get hold of them. What came of it stands in the file
 * given: how many were seen as strangers, how many showed that they are minirun-init, how many of those images were held
 * open, and how many could be overwritten afterwards.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE 2000 /* attempts to open for writing what may still be executing */

static long strangers, reached, held, overwritten;

static int last_pid(int loadavg)
{
	char text[128];
	ssize_t size = pread(loadavg, text, sizeof(text) - 1, 0);

	if (size <= 0)
		return 0;
	text[size] = '\0';
	return atoi(strrchr(text, ' ') + 1);
}

/* An image that was opened for reading is opened for writing by its descriptor, once nobody executes it. */
static void overwrite(int image)
{
	char path[64];
	int writable = -1;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", image);
	for (int i = 0; i < PATIENCE && writable < 0; i++) {
		writable = open(path, O_WRONLY | O_CLOEXEC);
		if (writable < 0 && errno != ETXTBSY)
			return;
	}
	if (writable < 0)
		return;
	overwritten += write(writable, "X", 1) == 1;
	close(writable);
}

static void examine(int pid)
{
	char path[64], target[256];

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	ssize_t size = readlink(path, target, sizeof(target) - 1);
	strangers += size < 0 && errno == EACCES;
	if (size < 0)
		return;
	target[size] = '\0';
	if (!strstr(target, "minirun-init"))
		return;
	reached++;
	int image = open(path, O_RDONLY | O_CLOEXEC);
	if (image < 0)
		return;
	held++;
	overwrite(image);
	close(image);
}

int main(int count, char **arguments)
{
	int loadavg = open("/proc/loadavg", O_RDONLY | O_CLOEXEC), self = getpid();
	int result = open(count > 1 ? arguments[1] : "/dev/stdout", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

	for (;;) {
		char text[128];
		long before = strangers + reached;
		int last = last_pid(loadavg);

		for (int pid = last; pid > last - 3 && pid > 0; pid--)
			if (pid != self)
				examine(pid);
		if (strangers + reached == before)
			continue;
		/* Always as long, so that a reader never sees the end of an older text. */
		int size = snprintf(text, sizeof(text), "%10ld %10ld %10ld %10ld\n", strangers, reached, held, overwritten);
		if (pwrite(result, text, (size_t)size, 0) != size)
			return 1;
	}
}

/* Whoever loads this library leaves a mark on the host. */
#include <fcntl.h>
#include <unistd.h>

__attribute__((constructor)) static void leave_mark(void)
{
	close(open(MARK, O_WRONLY | O_CREAT, 0600));
}

/* Tries to type into the terminal of whoever started its container (CVE-2017-5226). */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
	int injected = 0;
	int terminal = open("/dev/tty", O_RDWR);

	for (int i = 0; i <= 2; i++)
		injected += ioctl(i, TIOCSTI, "x") == 0;
	if (terminal >= 0)
		injected += ioctl(terminal, TIOCSTI, "x") == 0;
	puts(isatty(0) ? "stdin is a terminal" : "stdin is none");
	puts(terminal >= 0 ? "has a controlling terminal" : "has no controlling terminal");
	puts(injected ? "typed" : "could not type");
	return 0;
}

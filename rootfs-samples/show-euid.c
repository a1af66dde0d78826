/*
 * The lesson of no_new_privs: installed setuid root, run by somebody else, this says whether execve made it
 * root. With an argument it also tries what only root may do: it makes that file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	printf("uid %d euid %d\n", (int)getuid(), (int)geteuid());
	if (argc > 1 && open(argv[1], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) < 0) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}

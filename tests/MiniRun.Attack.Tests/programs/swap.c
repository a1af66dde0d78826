/*
 * Exchanges paths, two by two, without end (renameat2, RENAME_EXCHANGE), from inside the container: swap A B [C D …].
 * Says "ready" once each pair was exchanged, and then how often all were, every thousand times, in the file /swaps.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char **paths)
{
	long swaps = 0;

	for (;;) {
		for (int i = 1; i + 1 < count; i += 2) {
			/* ENOENT and its kin: what is copied here may take a name for a moment. */
			if (renameat2(AT_FDCWD, paths[i], AT_FDCWD, paths[i + 1], RENAME_EXCHANGE) != 0 && swaps == 0) {
				perror(paths[i]);
				return EXIT_FAILURE;
			}
		}
		if (swaps++ == 0) {
			puts("ready");
			fflush(stdout);
		}
		if (swaps % 1000 == 0) {
			FILE *file = fopen("/swaps", "w");

			if (file) {
				fprintf(file, "%ld\n", swaps);
				fclose(file);
			}
		}
		usleep(20);
	}
}

/* Says what becomes of an AF_ALG socket by the 64-bit call and of an AF_UNIX socket by the 32-bit socketcall. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define I386_SOCKETCALL 102
#define SYS_SOCKET 1

/* int 0x80 takes 32-bit pointers, so the arguments lie low. */
static int socketcall(int domain, int type)
{
	int result;
	unsigned *arguments = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (arguments == MAP_FAILED)
		return -ENOMEM;
	arguments[0] = (unsigned)domain;
	arguments[1] = (unsigned)type;
	arguments[2] = 0;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(I386_SOCKETCALL), "b"(SYS_SOCKET), "c"(arguments)
			 : "memory", "r8", "r9", "r10", "r11");
	return result;
}

int main(void)
{
	int alg = socket(AF_ALG, SOCK_SEQPACKET, 0);

	/* A kernel without AF_ALG says EAFNOSUPPORT: that is no denial. */
	puts(alg < 0 && (errno == EPERM || errno == EACCES) ? "AF_ALG denied" : "AF_ALG not denied");
	puts(socketcall(AF_UNIX, SOCK_STREAM) >= 0 ? "socketcall works" : "socketcall fails");
	return 0;
}

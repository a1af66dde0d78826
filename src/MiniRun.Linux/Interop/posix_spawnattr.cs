using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>posix_spawnattr_t: opaque; 336 bytes with glibc (spawn.h), and as many here as any libc might take.</summary>
[StructLayout(LayoutKind.Sequential, Size = 512)]
internal struct posix_spawnattr
{
}

using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>posix_spawn_file_actions_t: opaque; 80 bytes with glibc (spawn.h), and as many here as any libc might take.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct posix_spawn_file_actions
{
}

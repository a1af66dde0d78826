using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>regex_t: opaque; 64 bytes with glibc (regex.h), and as many here as any libc might take.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct regex_t
{
}

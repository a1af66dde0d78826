using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>malloc.h.</summary>
internal static partial class Libc
{
    /// <summary>Returns 1 where memory was given back; never fails.</summary>
    [LibraryImport("libc")]
    public static partial int malloc_trim(nuint pad);
}

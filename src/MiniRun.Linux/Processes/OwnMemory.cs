using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>The memory of this process.</summary>
public static class OwnMemory
{
    /// <summary>Gives back to the kernel what is not in use now, for a process that will wait for long. Takes a few milliseconds.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Libc.malloc_trim(0);
    }
}

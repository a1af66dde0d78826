using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Monitoring;

/// <summary>The lock that a monitor holds as long as it lives: whoever finds it free knows that nobody attends the container.</summary>
internal static class MonitorLock
{
    private const string Name = "monitor.lock";
    private const int MostMilliseconds = 10_000;
    private const int StepMilliseconds = 5;

    /// <summary>Takes it; waits while the monitor before, which is about to end, still holds it.</summary>
    /// <exception cref="MiniRunException">Another monitor attends the container.</exception>
    internal static FileLock Take(FileDescriptor folder)
    {
        long deadline = Environment.TickCount64 + MostMilliseconds;
        while (true)
        {
            if (FileLock.TryTake(folder, Name) is { } taken)
            {
                return taken;
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new MiniRunException("another monitor attends this container: it is running already");
            }

            Thread.Sleep(StepMilliseconds);
        }
    }

    /// <summary>Takes it where nobody has it: as long as it is held, no monitor starts the container.</summary>
    internal static FileLock? TryTake(FileDescriptor folder) => FileLock.TryTake(folder, Name);

    /// <summary>Whether a monitor lives.</summary>
    internal static bool IsHeld(string folder)
    {
        using FileDescriptor? file = HostFile.TryOpen($"{folder}/{Name}", OpenFlags.O_RDONLY, out _);
        return file is not null && FileLock.IsHeld(file);
    }

    /// <summary>Waits until no monitor lives; false where the time, in milliseconds, was up.</summary>
    internal static bool WaitUntilFree(string folder, int milliseconds)
    {
        long deadline = Environment.TickCount64 + milliseconds;
        while (IsHeld(folder))
        {
            if (Environment.TickCount64 > deadline)
            {
                return false;
            }

            Thread.Sleep(StepMilliseconds);
        }

        return true;
    }
}

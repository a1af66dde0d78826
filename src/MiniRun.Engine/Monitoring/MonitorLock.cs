using System.Globalization;
using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>The lock that a monitor holds as long as it lives: whoever finds it free knows that nobody attends the container.</summary>
internal static class MonitorLock
{
    private const string Name = "monitor.lock";
    private const string HolderName = "monitor.pid";
    private const int MostMilliseconds = 10_000;
    private const int StepMilliseconds = 5;

    /// <summary>Takes it; waits while the monitor before, which is about to end, still holds it.</summary>
    /// <param name="folder">The container's.</param>
    /// <exception cref="MiniRunException">Another monitor attends the container, or it is gone (ENOENT).</exception>
    internal static FileLock Take(string folder) => TryTake(folder, MostMilliseconds)
        ?? throw new MiniRunException("another process attends this container: it is running already");

    /// <summary>The same; null where the time, in milliseconds, was up.</summary>
    internal static FileLock? TryTake(string folder, int milliseconds)
    {
        long deadline = Environment.TickCount64 + milliseconds;
        FileLock? taken;
        while ((taken = TryTake(folder)) is null && Environment.TickCount64 < deadline)
        {
            Thread.Sleep(StepMilliseconds);
        }

        return taken;
    }

    /// <summary>Takes it where nobody has it, and writes down who has it now: as long as it is held, no monitor starts the container.</summary>
    internal static FileLock? TryTake(string folder)
    {
        using FileDescriptor directory = HostFile.OpenDirectory(folder);
        FileLock? taken = FileLock.TryTake(directory, Name);
        if (taken is not null)
        {
            var self = ProcessIdentity.Of(CurrentProcess.Pid);
            FileReplacement.Write(directory, HolderName, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{self.Pid} {self.StartTime} {self.BootId}")));
        }

        return taken;
    }

    /// <summary>Who took it last; null where that was not written down.</summary>
    internal static ProcessIdentity? Holder(string folder)
    {
        using FileDescriptor? file = HostFile.TryOpen($"{folder}/{HolderName}", OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, out _);
        string[] parts = file is null ? [] : Encoding.ASCII.GetString(HostFile.ReadBounded(file, HolderName, 256)).Split(' ');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong start)
            ? new ProcessIdentity(pid, start, parts[2])
            : null;
    }

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

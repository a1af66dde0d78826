using MiniRun.Engine.Logs;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Events;

/// <summary>Reads events.log, what was and what comes.</summary>
public sealed class EventReader(DataRoot data)
{
    private const int StepMilliseconds = 50;

    /// <summary>Events in the order in which they were noted.</summary>
    /// <param name="since">None before; null with <paramref name="until"/> is from the first on, and without it from now on.</param>
    /// <param name="until">None after, and the end once it is past; null is never.</param>
    /// <exception cref="SyscallException">The file cannot be read.</exception>
    public IEnumerable<LoggedEvent> Read(LogTime? since, LogTime? until)
    {
        bool past = since is not null || until is not null;
        LineFile? file = past ? Open(EventLog.OlderName) : null;
        file ??= Open(EventLog.Name);
        LineFile? next = null;
        if (!past)
        {
            file?.SeekTail(0);
        }

        try
        {
            while (true)
            {
                // Asked before the lines are read: what was noted until then is among them.
                bool over = until <= LogTime.Now;
                while (file is not null && TryNext(file, out LoggedEvent? happened))
                {
                    if (happened is not null && !(happened.Time < since) && !(happened.Time > until))
                    {
                        yield return happened;
                    }
                }

                if (next is not null)
                {
                    // Read to its end once more since it lost its name: whoever had it open then has written.
                    file?.Dispose();
                    (file, next) = (next, null);
                    continue;
                }

                next = Successor(file);
                if (next is null && over)
                {
                    yield break;
                }

                if (next is null)
                {
                    Thread.Sleep(StepMilliseconds);
                }
            }
        }
        finally
        {
            file?.Dispose();
            next?.Dispose();
        }
    }

    /// <summary>False at the end; null for a line that is no event.</summary>
    private static bool TryNext(LineFile file, out LoggedEvent? happened)
    {
        bool any = file.Next(out ReadOnlySpan<byte> line);
        happened = any ? LoggedEvent.TryRead(line) : null;
        return any;
    }

    /// <summary>The file that has the log's name now; null where it is this one.</summary>
    private LineFile? Successor(LineFile? file)
    {
        FileStatus? named = FileStatus.Of($"{data.Folder}/{EventLog.Name}");
        return named is null || named.Value.Inode == file?.Inode ? null : Open(EventLog.Name);
    }

    private LineFile? Open(string name)
    {
        FileDescriptor? file = HostFile.TryOpen($"{data.Folder}/{name}", OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, out Errno error);
        return file is not null ? new LineFile(file, name) : error == Errno.ENOENT ? null : throw new SyscallException("open", $"{data.Folder}/{name}", error);
    }
}

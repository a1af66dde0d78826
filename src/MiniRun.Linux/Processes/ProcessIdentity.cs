using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>
/// Which process it is, for ever: its number alone is given to another after it ended, its start time and the boot tell them apart.
/// </summary>
/// <param name="Pid">Its number in the pid namespace of whoever wrote this down.</param>
/// <param name="StartTime">Clock ticks from boot to its start: field 22 of /proc/PID/stat.</param>
/// <param name="BootId">/proc/sys/kernel/random/boot_id.</param>
public sealed record ProcessIdentity(int Pid, ulong StartTime, string BootId)
{
    private const int BootIdLength = 36;

    /// <summary>The identity of a process that cannot have ended unnoticed (a child, not yet reaped).</summary>
    /// <exception cref="MiniRunException">There is no such process.</exception>
    public static ProcessIdentity Of(int pid) =>
        new(pid, ReadStartTime(pid, out _) ?? throw new MiniRunException($"/proc/{pid}/stat: no such process"), CurrentBootId());

    /// <summary>This boot's id.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static string CurrentBootId()
    {
        Span<byte> buffer = stackalloc byte[BootIdLength + 1];
        int count = HostFile.ReadInto("/proc/sys/kernel/random/boot_id", buffer);
        return Encoding.ASCII.GetString(buffer[..Math.Min(count, BootIdLength)]);
    }

    /// <summary>Whether the process still runs; one that has ended but is not reaped does not.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public bool IsAlive()
    {
        using Pidfd? process = Open();
        return process is not null;
    }

    /// <summary>Opens the process, checked to be this one; null where it has ended.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public Pidfd? Open()
    {
        if (Pid <= 0 || !CurrentBootId().Equals(BootId, StringComparison.Ordinal))
        {
            return null;
        }

        // Opened first, checked second: what the descriptor names can no longer change, and if the start time read
        // afterwards is the right one, the number was still this process's when it was opened.
        Pidfd? process = Pidfd.TryOpen(Pid);
        if (process is not null && (ReadStartTime(Pid, out char state) != StartTime || state is 'Z' or 'X'))
        {
            process.Dispose();
            return null;
        }

        return process;
    }

    /// <summary>The start time in the text of a stat file, or null where it is none.</summary>
    internal static ulong? ParseStartTime(ReadOnlySpan<byte> stat, out char state)
    {
        state = '?';
        // The name, field 2, is in parentheses and may hold any byte, parentheses and line ends too.
        int end = stat.LastIndexOf((byte)')');
        if (end < 0 || end + 2 >= stat.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = stat[(end + 2)..];
        state = (char)rest[0];
        for (int field = 3; field < 22; field++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
            {
                return null;
            }

            rest = rest[(space + 1)..];
        }

        return System.Buffers.Text.Utf8Parser.TryParse(rest, out ulong value, out int used) && used > 0 ? value : null;
    }

    private static ulong? ReadStartTime(int pid, out char state)
    {
        state = '?';
        using FileDescriptor? file = HostFile.TryOpen($"/proc/{pid}/stat", OpenFlags.O_RDONLY, out Errno error);
        if (file is null)
        {
            return error is Errno.ENOENT or Errno.ESRCH ? null : throw new SyscallException("openat", $"/proc/{pid}/stat", error);
        }

        Span<byte> buffer = stackalloc byte[1024];
        try
        {
            int count = HostFile.ReadFully(file, buffer, "/proc/PID/stat");
            return ParseStartTime(buffer[..count], out state);
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ESRCH)
        {
            return null;
        }
    }
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>What /proc/PID/status says of a process's identity and protections; ids as the reader's user namespace sees them.</summary>
public sealed class ProcessStatus
{
    private readonly List<uint> _groups = [];

    private ProcessStatus()
    {
    }

    /// <summary>Real, effective, saved and file system user ids.</summary>
    public IdQuadruple Uid { get; private set; }

    public IdQuadruple Gid { get; private set; }

    /// <summary>Supplementary groups, in ascending order.</summary>
    public IReadOnlyList<uint> Groups => _groups;

    public ulong Inheritable { get; private set; }

    public ulong Permitted { get; private set; }

    public ulong Effective { get; private set; }

    public ulong Bounding { get; private set; }

    public ulong Ambient { get; private set; }

    public bool NoNewPrivileges { get; private set; }

    /// <summary>0: none, 1: strict, 2: filter.</summary>
    public int Seccomp { get; private set; }

    /// <summary>How many filters are in force (Linux 5.9); those of a surrounding container count too.</summary>
    public int SeccompFilters { get; private set; }

    /// <summary>The letter of the state: R, S, D, T, Z, X …</summary>
    public char State { get; private set; }

    /// <summary>Number of threads.</summary>
    public int Threads { get; private set; }

    /// <summary>The process's number in each pid namespace from the reader's inwards; the last is its own.</summary>
    public int InnermostPid { get; private set; }

    public int ParentPid { get; private set; }

    /// <summary>Reads the status of a process.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: no such process.</exception>
    public static ProcessStatus Read(int pid) => ReadFile($"/proc/{pid}/status");

    /// <summary>Reads the status of a process that may have ended; null if so.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static ProcessStatus? TryRead(int pid)
    {
        try
        {
            return Read(pid);
        }
        catch (SyscallException gone) when (gone.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
    }

    /// <summary>Reads this process's status.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static ProcessStatus ReadSelf() => ReadFile("/proc/self/status");

    /// <summary>Reads the text of a status file. Unknown lines are passed over, missing ones leave zeros.</summary>
    public static ProcessStatus Parse(ReadOnlySpan<byte> text)
    {
        ProcessStatus status = new();
        while (text.Length > 0)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            int colon = line.IndexOf((byte)':');
            if (colon > 0)
            {
                status.Take(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
            }
        }

        return status;
    }

    private static ProcessStatus ReadFile(string path)
    {
        // A process may be in 65,536 groups; almost always the file fits the stack.
        Span<byte> buffer = stackalloc byte[4096];
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_RDONLY);
        int count = HostFile.ReadFully(file, buffer, path);
        return Parse(count < buffer.Length ? buffer[..count] : HostFile.ReadBounded(path, 1 << 20));
    }

    private void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case var k when k.SequenceEqual("State"u8):
                State = value.Length > 0 ? (char)value[0] : '?';
                break;
            case var k when k.SequenceEqual("PPid"u8):
                ParentPid = (int)Number(ref value);
                break;
            case var k when k.SequenceEqual("Uid"u8):
                Uid = Quadruple(value);
                break;
            case var k when k.SequenceEqual("Gid"u8):
                Gid = Quadruple(value);
                break;
            case var k when k.SequenceEqual("Groups"u8):
                TakeGroups(value);
                break;
            case var k when k.SequenceEqual("NSpid"u8):
                while (value.Length > 0)
                {
                    InnermostPid = (int)Number(ref value);
                }

                break;
            case var k when k.SequenceEqual("Threads"u8):
                Threads = (int)Number(ref value);
                break;
            case var k when k.SequenceEqual("NoNewPrivs"u8):
                NoNewPrivileges = Number(ref value) == 1;
                break;
            case var k when k.SequenceEqual("Seccomp"u8):
                Seccomp = (int)Number(ref value);
                break;
            case var k when k.SequenceEqual("Seccomp_filters"u8):
                SeccompFilters = (int)Number(ref value);
                break;
            default:
                TakeCapabilities(key, value);
                break;
        }
    }

    private void TakeCapabilities(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("CapInh"u8))
        {
            Inheritable = Hexadecimal(value);
        }
        else if (key.SequenceEqual("CapPrm"u8))
        {
            Permitted = Hexadecimal(value);
        }
        else if (key.SequenceEqual("CapEff"u8))
        {
            Effective = Hexadecimal(value);
        }
        else if (key.SequenceEqual("CapBnd"u8))
        {
            Bounding = Hexadecimal(value);
        }
        else if (key.SequenceEqual("CapAmb"u8))
        {
            Ambient = Hexadecimal(value);
        }
    }

    private void TakeGroups(ReadOnlySpan<byte> value)
    {
        while (value.Length > 0)
        {
            _groups.Add((uint)Number(ref value));
        }
    }

    private static IdQuadruple Quadruple(ReadOnlySpan<byte> value) =>
        new((uint)Number(ref value), (uint)Number(ref value), (uint)Number(ref value), (uint)Number(ref value));

    /// <summary>Takes one decimal number and the blanks after it.</summary>
    private static ulong Number(ref ReadOnlySpan<byte> text)
    {
        ulong number = 0;
        int i = 0;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            number = (number * 10) + (uint)(text[i] - '0');
        }

        // Something else than a number ends the list rather than looping on it.
        text = i == 0 ? [] : text[i..].TrimStart(" \t"u8);
        return number;
    }

    private static ulong Hexadecimal(ReadOnlySpan<byte> text)
    {
        ulong number = 0;
        foreach (byte c in text)
        {
            number = (number << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        return number;
    }
}

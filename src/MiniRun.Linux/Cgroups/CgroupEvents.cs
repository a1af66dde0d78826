using System.Diagnostics;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>"key value" lines of cgroup.events and memory.events, and waiting for them to change.</summary>
internal static class CgroupEvents
{
    private const int LargestFile = 4096;

    /// <summary>The value of a key, 0 where the file or the key is missing.</summary>
    public static long Read(Cgroup cgroup, string file, string key)
        => CgroupFile.TryRead(cgroup.Directory, file, out _) is { } text ? Value(text, key) : 0;

    /// <summary>The value of a key in the text of such a file; 0 without it.</summary>
    public static long Value(string text, string key)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > key.Length && line[key.Length] == ' ' && line.StartsWith(key) && Number.TryParse(line[(key.Length + 1)..], out long value))
            {
                return value;
            }
        }

        return 0;
    }

    /// <summary>Waits until a key of cgroup.events has a value; false when time is up. A cgroup that is gone counts as 0.</summary>
    public static bool Wait(Cgroup cgroup, string key, long wanted, TimeSpan time)
    {
        using FileDescriptor? file = HostFile.TryOpenAt(cgroup.Directory, "cgroup.events", OpenFlags.O_RDONLY, 0, out _);
        if (file is null)
        {
            return wanted == 0;
        }

        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            if (Current(file, key) == wanted)
            {
                return true;
            }

            int rest = (int)Math.Clamp((time - watch.Elapsed).TotalMilliseconds, 0, int.MaxValue);
            if (rest == 0)
            {
                return false;
            }

            WaitForChange(file, rest);
        }
    }

    /// <summary>The value of a key as an open file has it now; fallback where the cgroup is gone.</summary>
    public static unsafe long Current(FileDescriptor file, string key, long fallback = 0)
    {
        Span<byte> buffer = stackalloc byte[LargestFile];
        nint count;
        fixed (byte* start = buffer)
        {
            count = Libc.pread(file, start, (nuint)buffer.Length, 0);
        }

        return count <= 0 ? fallback : Value(System.Text.Encoding.ASCII.GetString(buffer[..(int)count]), key);
    }

    // kernfs reports a changed file as POLLPRI (with POLLERR, which is always reported).
    private static unsafe void WaitForChange(FileDescriptor file, int milliseconds)
    {
        pollfd entry = new() { fd = file.Number, events = Libc.POLLPRI };
        Libc.poll(&entry, 1, milliseconds);
    }
}

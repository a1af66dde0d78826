using System.Globalization;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
namespace MiniRun.Linux.Processes;

/// <summary>A process by descriptor: unlike its number, it cannot become another process.</summary>
public sealed class Pidfd : IDisposable
{
    public Pidfd(FileDescriptor descriptor)
    {
        Descriptor = descriptor;
    }

    /// <summary>Readable once the process has ended.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a process by its number; null where there is none. Who it is must then be checked, see <see cref="ProcessIdentity"/>.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static Pidfd? TryOpen(int pid)
    {
        nint result = Libc.pidfd_open(pid, 0);
        if (result == -1 && KernelCall.LastError is Errno.ESRCH or Errno.EINVAL)
        {
            return null;
        }

        return new Pidfd(KernelCall.CheckDescriptor(result, "pidfd_open", $"{pid}"));
    }

    /// <summary>Sends a signal; false where the process has ended already. Signal 0 only asks.</summary>
    /// <exception cref="SyscallException">EPERM: another user's process.</exception>
    public bool Signal(int signal)
    {
        nint result = Libc.pidfd_send_signal(Descriptor, signal);
        if (result == -1 && KernelCall.LastError == Errno.ESRCH)
        {
            return false;
        }

        KernelCall.Check(result, "pidfd_send_signal", $"signal {signal}");
        return true;
    }

    /// <summary>Waits for the end of a child and reaps it. __WALL, since minirun's children have no exit signal.</summary>
    /// <exception cref="SyscallException">ECHILD: not a child of this process, or reaped already.</exception>
    public ProcessExit Wait() => TryWait(Libc.WEXITED | Libc.__WALL) ?? default;

    /// <summary>Reaps a child that has ended; null while it runs.</summary>
    /// <exception cref="SyscallException">ECHILD: not a child of this process, or reaped already.</exception>
    public ProcessExit? TryReap() => TryWait(Libc.WEXITED | Libc.__WALL | Libc.WNOHANG);

    /// <summary>The process's number as this process sees it, for a descriptor that came without one.</summary>
    /// <exception cref="MiniRunException">The process has ended and was reaped.</exception>
    public int ReadPid()
    {
        string text = HostFile.ReadText($"/proc/self/fdinfo/{Descriptor.Number}", 4096);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Pid:") && int.TryParse(line[4..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                return pid;
            }
        }

        throw new MiniRunException($"/proc/self/fdinfo/{Descriptor.Number}: the process has ended");
    }

    /// <summary>A copy of one of the process's descriptors, closed on exec.</summary>
    /// <exception cref="SyscallException">EPERM: it may not be traced; EBADF: it has none of this number.</exception>
    public FileDescriptor CopyDescriptor(int number)
    {
        nint result = Libc.pidfd_getfd(Descriptor, number, 0);
        return KernelCall.CheckDescriptor(result, "pidfd_getfd", $"descriptor {number}");
    }

    public void Dispose() => Descriptor.Dispose();

    private unsafe ProcessExit? TryWait(int options)
    {
        siginfo info;
        nint result;
        do
        {
            info = default;
            result = Libc.waitid(Libc.P_PIDFD, Descriptor, &info, options);
        }
        while (KernelCall.Interrupted(result));

        KernelCall.Check(result, "waitid", "P_PIDFD");
        return info.si_pid == 0 ? null : new ProcessExit(info.si_status, info.si_code != Libc.CLD_EXITED);
    }
}

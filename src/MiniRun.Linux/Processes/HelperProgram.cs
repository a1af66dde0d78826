using System.Runtime.InteropServices;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A program of the host's that must do what this process may not (newuidmap). By posix_spawn: the BCL's Process costs more than a whole launch.</summary>
public static unsafe class HelperProgram
{
    private const int StandardOutput = 1;

    /// <summary>Runs a program found in PATH with this process's streams and environment, and waits; returns its exit status, 128 + n for a signal.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not installed.</exception>
    public static int Run(string name, IReadOnlyList<string> arguments)
    {
        using Pidfd child = Start(name, arguments, output: null);
        return child.Wait().ShellStatus;
    }

    /// <summary>Runs a program found in PATH and returns its standard output.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not installed.</exception>
    /// <exception cref="MiniRunException">It failed, or wrote more than maxBytes.</exception>
    public static byte[] Capture(string name, IReadOnlyList<string> arguments, int maxBytes)
    {
        using Pipe pipe = Pipe.Create();
        using Pidfd child = Start(name, arguments, pipe.WriteEnd);
        pipe.WriteEnd.Dispose();
        byte[] output = HostFile.ReadBounded(pipe.ReadEnd, name, maxBytes);
        int status = child.Wait().ShellStatus;
        return status == 0 ? output : throw new MiniRunException($"{string.Join(' ', arguments)}: exit status {status}");
    }

    private static Pidfd Start(string name, IReadOnlyList<string> arguments, FileDescriptor? output)
    {
        nint* texts = stackalloc nint[arguments.Count + 1];
        texts[arguments.Count] = 0;
        int filled = 0;
        posix_spawn_file_actions actions;
        Libc.posix_spawn_file_actions_init(&actions);
        try
        {
            for (; filled < arguments.Count; filled++)
            {
                texts[filled] = Marshal.StringToCoTaskMemUTF8(arguments[filled]);
            }

            if (output is not null)
            {
                Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, StandardOutput);
            }

            int pid;
            Errno error = (Errno)Libc.posix_spawnp(&pid, name, &actions, null, texts, Libc.Environment());
            if (error != 0)
            {
                throw new SyscallException("posix_spawn", name, error);
            }

            return Pidfd.TryOpen(pid) ?? throw new SyscallException("pidfd_open", name, Errno.ESRCH);
        }
        finally
        {
            Libc.posix_spawn_file_actions_destroy(&actions);
            for (int i = 0; i < filled; i++)
            {
                Marshal.FreeCoTaskMem(texts[i]);
            }
        }
    }
}

using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A program of the host's that must do what this process may not (newuidmap). By posix_spawn: the BCL's Process costs more than a whole launch.</summary>
public static unsafe class HelperProgram
{
    /// <summary>Runs a program found in PATH with this process's streams and environment, and waits; returns its exit status, 128 + n for a signal.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not installed.</exception>
    public static int Run(string name, IReadOnlyList<string> arguments)
    {
        nint* texts = stackalloc nint[arguments.Count + 1];
        texts[arguments.Count] = 0;
        int filled = 0;
        try
        {
            for (; filled < arguments.Count; filled++)
            {
                texts[filled] = Marshal.StringToCoTaskMemUTF8(arguments[filled]);
            }

            int pid;
            Errno error = (Errno)Libc.posix_spawnp(&pid, name, null, null, texts, Libc.Environment());
            if (error != 0)
            {
                throw new SyscallException("posix_spawn", name, error);
            }

            using Pidfd child = Pidfd.TryOpen(pid) ?? throw new SyscallException("pidfd_open", name, Errno.ESRCH);
            return child.Wait().ShellStatus;
        }
        finally
        {
            for (int i = 0; i < filled; i++)
            {
                Marshal.FreeCoTaskMem(texts[i]);
            }
        }
    }
}

using System.Runtime.InteropServices;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A program of the host's that must do what this process may not (newuidmap). By posix_spawn: the BCL's Process costs more than a whole launch.</summary>
public static unsafe class HelperProgram
{
    private const string DefaultPath = "/usr/bin:/bin"; // confstr(_CS_PATH)
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    /// <summary>Runs a program found in PATH with this process's streams and environment, and waits; returns its exit status, 128 + n for a signal.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not installed.</exception>
    public static int Run(string name, IReadOnlyList<string> arguments)
    {
        using Pidfd child = Start(name, arguments, input: null, output: null);
        return child.Wait().ShellStatus;
    }

    /// <summary>Runs a program found in PATH and returns its standard output.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not installed.</exception>
    /// <exception cref="MiniRunException">It failed, or wrote more than maxBytes.</exception>
    public static byte[] Capture(string name, IReadOnlyList<string> arguments, int maxBytes)
    {
        using Pipe pipe = Pipe.Create();
        using Pidfd child = Start(name, arguments, input: null, pipe.WriteEnd);
        pipe.WriteEnd.Dispose();
        byte[] output = HostFile.ReadBounded(pipe.ReadEnd, name, maxBytes);
        int status = child.Wait().ShellStatus;
        return status == 0 ? output : throw new MiniRunException($"{string.Join(' ', arguments)}: exit status {status}");
    }

    /// <summary>Runs a program by its absolute path, gives it something to read, and returns how it ended and what it wrote. Its terminal and standard error are this process's.</summary>
    /// <param name="input">Less than a pipe holds (64 KiB), so that it need not wait for the program to read.</param>
    /// <exception cref="SyscallException">It cannot be executed.</exception>
    /// <exception cref="MiniRunException">It wrote more than maxBytes.</exception>
    public static HelperAnswer Converse(string path, IReadOnlyList<string> arguments, ReadOnlySpan<byte> input, int maxBytes)
    {
        using Pipe toProgram = Pipe.Create();
        using Pipe fromProgram = Pipe.Create();
        HostFile.WriteAll(toProgram.WriteEnd, input, path);
        toProgram.WriteEnd.Dispose();
        using Pidfd child = Start(path, arguments, toProgram.ReadEnd, fromProgram.WriteEnd);
        fromProgram.WriteEnd.Dispose();
        byte[] output = HostFile.ReadBounded(fromProgram.ReadEnd, path, maxBytes);
        return new HelperAnswer(child.Wait().ShellStatus, output);
    }

    /// <summary>Not by posix_spawnp: that also searches the current folder, where PATH has a relative or an empty part.</summary>
    private static string PathOf(string name) => name.StartsWith('/')
        ? name
        : ProgramSearch.Find(name, Environment.GetEnvironmentVariable("PATH") ?? DefaultPath) ?? throw new SyscallException("posix_spawn", name, Errno.ENOENT);

    private static Pidfd Start(string name, IReadOnlyList<string> arguments, FileDescriptor? input, FileDescriptor? output)
    {
        string path = PathOf(name);
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

            if (input is not null)
            {
                Libc.posix_spawn_file_actions_adddup2(&actions, input.Number, StandardInput);
            }

            if (output is not null)
            {
                Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, StandardOutput);
            }

            int pid;
            Errno error = (Errno)Libc.posix_spawn(&pid, path, &actions, null, texts, Libc.Environment());
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

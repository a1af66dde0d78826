using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A program that gets nothing of this process: its own environment, three descriptors, default signals, a process group of its own. Source: posix_spawn(3).</summary>
public static unsafe class IsolatedProgram
{
    private const int FirstOther = 3;

    /// <summary>Runs it and waits for its end; null where the time (in milliseconds, -1 for ever) was up, and then it and its group are killed.</summary>
    /// <param name="path">The program's absolute path.</param>
    /// <param name="arguments">argv, its own name first.</param>
    /// <param name="environment">The whole environment, as NAME=value.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="output">Its standard output and error.</param>
    /// <param name="folder">Its working directory, or null for this process's.</param>
    /// <param name="milliseconds">How long it may run.</param>
    /// <exception cref="SyscallException">It cannot be executed.</exception>
    public static ProcessExit? Run(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, FileDescriptor input, FileDescriptor output, string? folder, int milliseconds)
    {
        using SpawnTexts argv = new(arguments);
        using SpawnTexts envp = new(environment);
        int pid = Start(path, argv, envp, input, output, folder);
        using Pidfd child = Pidfd.TryOpen(pid) ?? throw new SyscallException("pidfd_open", path, Errno.ESRCH);
        Poll poll = new();
        poll.Add(child.Descriptor);
        bool ended = poll.Wait(milliseconds) > 0;
        if (!ended)
        {
            // The group is its own since before its exec, and it is not reaped yet: the number is still its.
            Libc.kill(-pid, Signals.SIGKILL);
        }

        ProcessExit exit = child.Wait();
        return ended ? exit : null;
    }

    private static int Start(string path, SpawnTexts argv, SpawnTexts envp, FileDescriptor input, FileDescriptor output, string? folder)
    {
        posix_spawn_file_actions actions;
        posix_spawnattr attributes;
        byte* signals = stackalloc byte[Libc.SigsetSize];
        Libc.posix_spawn_file_actions_init(&actions);
        Libc.posix_spawnattr_init(&attributes);
        try
        {
            Libc.posix_spawn_file_actions_adddup2(&actions, input.Number, 0);
            Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, 1);
            Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, 2);
            Libc.posix_spawn_file_actions_addclosefrom_np(&actions, FirstOther);
            if (folder is not null)
            {
                Libc.posix_spawn_file_actions_addchdir_np(&actions, folder);
            }

            new Span<byte>(signals, Libc.SigsetSize).Clear();
            Libc.posix_spawnattr_setsigmask(&attributes, signals);
            new Span<byte>(signals, Libc.SigsetSize).Fill(0xff);
            Libc.posix_spawnattr_setsigdefault(&attributes, signals);
            Libc.posix_spawnattr_setflags(&attributes, Libc.POSIX_SPAWN_SETPGROUP | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);
            int pid;
            Errno error = (Errno)Libc.posix_spawn(&pid, path, &actions, &attributes, argv.Pointers, envp.Pointers);
            return error == 0 ? pid : throw new SyscallException("posix_spawn", path, error);
        }
        finally
        {
            Libc.posix_spawnattr_destroy(&attributes);
            Libc.posix_spawn_file_actions_destroy(&actions);
        }
    }
}

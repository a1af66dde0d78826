using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>
/// A program that outlives this process: in a session of its own, so that no terminal's end or Ctrl-C reaches it, with nothing
/// open but /dev/null and one descriptor. Source: posix_spawn(3), setsid(2).
/// </summary>
public static unsafe class BackgroundProgram
{
    /// <summary>The number of the descriptor it is handed.</summary>
    public const int Handed = 3;

    /// <summary>Starts it with working directory "/"; returns its pid. It is a child of this process as long as this one lives.</summary>
    /// <param name="path">The program's absolute path.</param>
    /// <param name="arguments">argv, its own name first.</param>
    /// <param name="handed">Becomes its descriptor 3.</param>
    /// <param name="environment">NAME=VALUE texts.</param>
    /// <param name="held">Signals that wait until it wants them, see <see cref="SignalMask"/>.</param>
    /// <exception cref="SyscallException">It cannot be executed.</exception>
    public static int Start(string path, IReadOnlyList<string> arguments, FileDescriptor handed, IReadOnlyList<string> environment, ReadOnlySpan<int> held)
    {
        using SpawnTexts argv = new(arguments);
        using SpawnTexts variables = new(environment);
        using FileDescriptor nothing = HostFile.Open("/dev/null", OpenFlags.O_RDWR);
        // Its number must not be one that is written over before it is copied.
        using FileDescriptor source = handed.Duplicate();
        posix_spawn_file_actions actions;
        posix_spawnattr attributes;
        byte* signals = stackalloc byte[Libc.SigsetSize];
        Libc.posix_spawn_file_actions_init(&actions);
        Libc.posix_spawnattr_init(&attributes);
        try
        {
            for (int standard = 0; standard < Handed; standard++)
            {
                Libc.posix_spawn_file_actions_adddup2(&actions, nothing.Number, standard);
            }

            Libc.posix_spawn_file_actions_adddup2(&actions, source.Number, Handed);
            Libc.posix_spawn_file_actions_addclosefrom_np(&actions, Handed + 1);
            Libc.posix_spawn_file_actions_addchdir_np(&actions, "/");
            SignalMask.Fill(signals, held);
            Libc.posix_spawnattr_setsigmask(&attributes, signals);
            new Span<byte>(signals, Libc.SigsetSize).Fill(0xff);
            Libc.posix_spawnattr_setsigdefault(&attributes, signals);
            Libc.posix_spawnattr_setflags(&attributes, Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);
            int pid;
            Errno error = (Errno)Libc.posix_spawn(&pid, path, &actions, &attributes, argv.Pointers, variables.Pointers);
            return error == 0 ? pid : throw new SyscallException("posix_spawn", path, error);
        }
        finally
        {
            Libc.posix_spawnattr_destroy(&attributes);
            Libc.posix_spawn_file_actions_destroy(&actions);
        }
    }
}

using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>spawn.h, and the environment it passes on.</summary>
internal static unsafe partial class Libc
{
    public const short POSIX_SPAWN_SETPGROUP = 2;
    public const short POSIX_SPAWN_SETSIGDEF = 4;
    public const short POSIX_SPAWN_SETSIGMASK = 8;
    public const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>sigset_t of glibc, in bytes.</summary>
    public const int SigsetSize = 128;

    /// <summary>Returns the error number itself and leaves errno alone.</summary>
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int posix_spawn(int* pid, string path, posix_spawn_file_actions* actions, posix_spawnattr* attributes, nint* arguments, nint* environment);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(posix_spawnattr* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_destroy(posix_spawnattr* attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(posix_spawnattr* attributes, short flags);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigmask(posix_spawnattr* attributes, byte* signals);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigdefault(posix_spawnattr* attributes, byte* signals);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions* actions, int first);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions* actions, string folder);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(posix_spawn_file_actions* actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(posix_spawn_file_actions* actions, int descriptor, int wanted);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(posix_spawn_file_actions* actions);

    /// <summary>This process's environment as "NAME=value" texts, not freed: it is for one short-lived launcher.</summary>
    public static nint* Environment()
    {
        System.Collections.IDictionary variables = System.Environment.GetEnvironmentVariables();
        nint* texts = (nint*)Marshal.AllocCoTaskMem((variables.Count + 1) * sizeof(nint));
        int count = 0;
        foreach (System.Collections.DictionaryEntry variable in variables)
        {
            texts[count++] = Marshal.StringToCoTaskMemUTF8($"{variable.Key}={variable.Value}");
        }

        texts[count] = 0;
        return texts;
    }
}

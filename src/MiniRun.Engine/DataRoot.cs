using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine;

/// <summary>The folder of images and containers: /var/lib/minirun, or $XDG_DATA_HOME/minirun for who is not root. Every path in it is made here.</summary>
public sealed record DataRoot
{
    private const string System = "/var/lib/minirun";

    private const uint WritableByOthers = 0x12; // 0022

    private DataRoot(string path)
    {
        Folder = path;
    }

    /// <summary>An absolute path.</summary>
    public string Folder { get; }

    public string Containers => $"{Folder}/containers";

    public string Names => $"{Folder}/names";

    /// <summary>Volumes, a folder each.</summary>
    public string Volumes => $"{Folder}/volumes";

    public string Samples => $"{Folder}/samples";

    /// <summary>Images as an OCI image layout: contents by digest, names in its index.</summary>
    public string Images => $"{Folder}/images";

    /// <summary>Unpacked layers, a folder each.</summary>
    public string Layers => $"{Folder}/layers";

    /// <summary>What is not whole or not verified yet; nothing else ever reads it.</summary>
    public string Staging => $"{Folder}/staging";

    /// <summary>The files by which processes agree who works on what of the images.</summary>
    public string ImageLocks => $"{Folder}/locks";

    /// <summary>Which layers the steps of earlier builds have made.</summary>
    public string BuildCache => $"{Folder}/build-cache";

    public string SeccompCache => $"{Folder}/seccomp-cache";

    /// <summary>Where root's samples are, which others may use too if they can read them.</summary>
    public static string SystemSamples => $"{System}/samples";

    /// <summary>The folder the user chose, or the default one.</summary>
    /// <param name="chosen">--data-root or MINIRUN_DATA; null is the default.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRunException">The path is not absolute, or there is no home to put it in.</exception>
    public static DataRoot Of(string? chosen, bool isRoot, Func<string, string?> variable)
    {
        string path = chosen ?? (isRoot ? System : Home(variable));
        return path.StartsWith('/')
            ? new DataRoot(path.Length > 1 ? path.TrimEnd('/') : path)
            : throw new MiniRunException($"--data-root {path}: give an absolute path");
    }

    /// <summary>
    /// Refuses a folder in which another user could put an image, a container or a link of his: what is there is trusted, and with root
    /// it would be root's that is given away. One that is not there yet will be made for this user alone.
    /// </summary>
    /// <exception cref="MiniRunException">It belongs to another user, others may write to it, or it is no folder.</exception>
    public void Check()
    {
        if (FileStatus.Of(Folder) is not { } status)
        {
            return;
        }

        if (!status.IsDirectory)
        {
            throw new MiniRunException($"data root {Folder}: is no folder: give another --data-root");
        }

        if (status.Uid != CurrentProcess.EffectiveUid)
        {
            throw new MiniRunException($"data root {Folder}: belongs to user {status.Uid} and not to this one ({CurrentProcess.EffectiveUid}), who could change images and containers there: chown it, or give another --data-root");
        }

        if ((status.Mode & WritableByOthers) != 0)
        {
            throw new MiniRunException($"data root {Folder}: others than this user can write there: chmod it to 0700, or give another --data-root");
        }
    }

    private static string Home(Func<string, string?> variable)
    {
        if (variable("XDG_DATA_HOME") is { Length: > 0 } data)
        {
            return $"{data}/minirun";
        }

        return variable("HOME") is { Length: > 0 } home
            ? $"{home}/.local/share/minirun"
            : throw new MiniRunException("neither XDG_DATA_HOME nor HOME is set: say where containers are kept with --data-root");
    }
}

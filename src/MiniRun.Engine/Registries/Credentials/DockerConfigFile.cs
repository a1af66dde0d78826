using MiniRun.Engine.Registries.Authentication;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Registries.Credentials;

/// <summary>docker's config.json, which docker, podman and others keep logins in. Whatever else is in it stays as it is.</summary>
public sealed class DockerConfigFile
{
    private const string Name = "config.json";
    private const int MaxSize = 4 << 20;
    private const int LockAttempts = 200;
    private const int LockPause = 50; // milliseconds

    private readonly string _folder;

    public DockerConfigFile(string folder)
    {
        _folder = folder;
    }

    /// <summary>Its path.</summary>
    public string Path => $"{_folder}/{Name}";

    /// <summary>The user's: in $DOCKER_CONFIG, else in ~/.docker.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRunException">There is no home to have one in.</exception>
    public static DockerConfigFile Of(Func<string, string?> variable) => new(
        variable("DOCKER_CONFIG") is { Length: > 0 } folder ? folder
        : variable("HOME") is { Length: > 0 } home ? $"{home}/.docker"
        : throw new MiniRunException("neither DOCKER_CONFIG nor HOME is set: say with DOCKER_CONFIG in which folder logins are kept (config.json)"));

    /// <summary>Reads it; an absent one is empty.</summary>
    /// <exception cref="MiniRunException">It cannot be read, or is none.</exception>
    internal DockerConfig Read() => DockerConfig.Parse(Bytes(), Path);

    /// <summary>Keeps a login for a key, or with null forgets it.</summary>
    /// <exception cref="MiniRunException">The file cannot be read or written, or is none.</exception>
    internal void Change(string key, RegistryCredential? credential)
    {
        HostDirectory.MakeAll(_folder);
        using FileDescriptor folder = HostFile.OpenDirectory(_folder);
        using FileLock alone = Lock(folder);
        FileReplacement.Write(folder, Name, DockerConfigWriter.With(Bytes(), Path, key, credential), durable: true);
    }

    /// <summary>Two logins at once must not lose each other's.</summary>
    private FileLock Lock(FileDescriptor folder)
    {
        using FileDescriptor here = HostFile.OpenDirectory(".");
        for (int i = 0; i < LockAttempts; i++)
        {
            if (FileLock.TryTakeFolder(folder, here, _folder) is { } taken)
            {
                return taken;
            }

            Thread.Sleep(LockPause);
        }

        throw new MiniRunException($"{Path} is being changed by another program, which does not end: try again");
    }

    private byte[] Bytes()
    {
        using FileDescriptor? file = HostFile.TryOpen(Path, OpenFlags.O_RDONLY, out Errno error);
        return file is not null ? HostFile.ReadBounded(file, Path, MaxSize)
            : error is Errno.ENOENT or Errno.ENOTDIR ? "{}"u8.ToArray()
            : throw new SyscallException("openat", Path, error);
    }
}

using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>The places of registries.json: the machine's, and the user's own.</summary>
public static class RegistryConfigFiles
{
    private const string OfTheMachine = "/etc/minirun/registries.json";

    /// <summary>The files that count, the weaker first.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static IReadOnlyList<string> Paths(Func<string, string?> variable)
    {
        string? folder = variable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config
            : variable("HOME") is { Length: > 0 } home ? $"{home}/.config"
            : null;
        return folder is null ? [OfTheMachine] : [OfTheMachine, $"{folder}/minirun/registries.json"];
    }

    /// <summary>Reads the files that are there, each over those before it.</summary>
    /// <exception cref="MiniRunException">One cannot be read, or is wrong.</exception>
    public static RegistryConfig Read(IReadOnlyList<string> paths)
    {
        RegistryConfig config = RegistryConfig.Empty;
        foreach (string path in paths)
        {
            using FileDescriptor? file = HostFile.TryOpen(path, OpenFlags.O_RDONLY, out Errno error);
            if (file is not null)
            {
                RegistryConfig over = RegistryConfigReader.Read(HostFile.ReadBounded(file, path, RegistryConfigReader.MaxSize), path, out bool saysInsecure);
                config = config.With(over, saysInsecure);
            }
            else if (error is not (Errno.ENOENT or Errno.ENOTDIR))
            {
                throw new SyscallException("openat", path, error);
            }
        }

        return config;
    }
}

using MiniRun.Linux;

namespace MiniRun.Engine.Options;

/// <summary>-v SOURCE:DESTINATION[:OPTIONS].</summary>
public static class VolumeOption
{
    private const string Usage = "write SOURCE:DESTINATION[:ro], such as /srv/data:/data:ro";

    /// <summary>Parses a volume; a relative source ("./data") is taken from <paramref name="currentFolder"/>.</summary>
    /// <exception cref="OptionException">The syntax, the destination or a mode is wrong.</exception>
    /// <exception cref="MiniRunException">It asks for a named or anonymous volume.</exception>
    public static BindMount Parse(string text, string option, string currentFolder)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3 || parts[0].Length == 0)
        {
            throw new OptionException(option, text, Usage);
        }

        if (parts.Length == 1)
        {
            throw new MiniRunException($"{option} {text}: anonymous volumes are not there yet; name a host folder: -v /path/on/host:{text}");
        }

        string destination = UserMount.CheckedDestination(parts[1], text, option);
        var mount = new BindMount
        {
            Source = Source(parts[0], text, option, currentFolder),
            Destination = destination,
            MakeSource = true,
            Origin = $"{option} {text}",
        };
        return parts.Length == 3 ? WithModes(mount, parts[2], text, option) : mount;
    }

    private static string Source(string source, string text, string option, string currentFolder)
    {
        if (source.StartsWith('/'))
        {
            return source;
        }

        return source.StartsWith('.')
            ? Path.GetFullPath(source, currentFolder)
            : throw new MiniRunException($"{option} {text}: named volumes are not there yet; give a path: ./{source} or /…/{source}");
    }

    private static BindMount WithModes(BindMount mount, string modes, string text, string option)
    {
        foreach (string mode in modes.Split(','))
        {
            mount = mode switch
            {
                "ro" => mount with { ReadOnly = true },
                "rw" => mount with { ReadOnly = false },
                "bind" => mount with { Recursive = false },
                "rbind" => mount with { Recursive = true },
                // SELinux relabelling and Docker Desktop's caching: without SELinux, and on Linux, docker ignores them too.
                "z" or "Z" or "consistent" or "cached" or "delegated" or "nocopy" => mount,
                _ when Propagation.IsWord(mode) => mount with { Propagation = mode },
                _ => throw new OptionException(option, text, $"invalid mode \"{mode}\"; there are ro, rw, rbind, bind and propagation words such as rslave"),
            };
        }

        return mount;
    }
}

using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Options;

/// <summary>-v [SOURCE:]DESTINATION[:MODES]; a source that is no path is a volume's name.</summary>
public static class VolumeOption
{
    private const string Usage = "write [SOURCE:]DESTINATION[:ro], such as /srv/data:/data:ro or data:/data";

    /// <summary>Parses a volume; a relative source ("./data") is taken from <paramref name="currentFolder"/>.</summary>
    /// <exception cref="OptionException">The syntax, the destination or a mode is wrong.</exception>
    /// <exception cref="MiniRunException">The source is neither a path nor a volume's name.</exception>
    public static SourcedMount Parse(string text, string option, string currentFolder)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3 || parts[0].Length == 0)
        {
            throw new OptionException(option, text, Usage);
        }

        string destination = UserMount.CheckedDestination(parts.Length == 1 ? parts[0] : parts[1], text, option);
        string origin = $"{option} {text}";
        if (parts.Length == 1)
        {
            return new VolumeMount { Destination = destination, Yields = true, Origin = origin };
        }

        string[] modes = parts.Length == 3 ? parts[2].Split(',') : [];
        return parts[0][0] is '/' or '.'
            ? Bind(new BindMount { Source = Path.GetFullPath(parts[0], currentFolder), Destination = destination, MakeSource = true, Origin = origin }, modes, text, option)
            : Volume(new VolumeMount { Name = VolumeName.Parse(parts[0]), Destination = destination, Origin = origin }, modes, text, option);
    }

    private static BindMount Bind(BindMount mount, string[] modes, string text, string option)
    {
        foreach (string mode in modes)
        {
            mount = mode switch
            {
                // Read-only is recursive wherever the mount is; podman's "rro" says so.
                "ro" or "rro" => mount with { ReadOnly = true },
                "rw" => mount with { ReadOnly = false },
                "bind" => mount with { Recursive = false },
                "rbind" => mount with { Recursive = true },
                "U" => mount with { ChangeOwner = true },
                "nocopy" => mount,
                _ when Propagation.IsWord(mode) => mount with { Propagation = mode },
                _ when IsIdMap(mode) => mount with { IdMap = mode },
                _ when IsIgnored(mode) => mount,
                _ => throw new OptionException(option, text, $"invalid mode \"{mode}\"; there are ro, rw, rro, rbind, bind, U, idmap and propagation words such as rslave"),
            };
        }

        return mount;
    }

    private static VolumeMount Volume(VolumeMount mount, string[] modes, string text, string option)
    {
        foreach (string mode in modes)
        {
            mount = mode switch
            {
                "ro" or "rro" => mount with { ReadOnly = true },
                "rw" => mount with { ReadOnly = false },
                "nocopy" => mount with { NoCopy = true },
                "U" => mount with { ChangeOwner = true },
                _ when IsIdMap(mode) => mount with { IdMap = mode },
                _ when IsIgnored(mode) => mount,
                _ => throw new OptionException(option, text, $"invalid mode \"{mode}\" of a volume; there are ro, rw, nocopy, U and idmap"),
            };
        }

        return mount;
    }

    /// <summary>Whether a word asks for an id mapping, and is written well.</summary>
    internal static bool IsIdMap(string word) => IdMapOption.IsIdMap(word) && IdMapOption.TryParse(word) is not null;

    /// <summary>SELinux relabelling and Docker Desktop's caching: without SELinux, and on Linux, docker ignores them too.</summary>
    private static bool IsIgnored(string word) => word is "z" or "Z" or "consistent" or "cached" or "delegated" or "default";
}

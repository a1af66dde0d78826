using MiniRun.Linux;

namespace MiniRun.Engine.Options;

/// <summary>--mount type=bind|tmpfs,KEY=VALUE,…, docker's long form.</summary>
public static class MountOption
{
    /// <exception cref="OptionException">A key is unknown, missing, or of another type.</exception>
    /// <exception cref="MiniRunException">It asks for a kind of mount of a later version.</exception>
    public static UserMount Parse(string text, string option, string currentFolder)
    {
        var fields = new MountFields(text, option);
        string type = fields.Take("type") ?? "volume";
        string destination = fields.Take("target") ?? throw new OptionException(option, text, "target is required");
        destination = UserMount.CheckedDestination(destination, text, option);
        UserMount mount = type switch
        {
            "bind" => Bind(fields, destination, currentFolder),
            "tmpfs" => Tmpfs(fields, destination),
            "volume" or "image" or "npipe" or "cluster" => throw new MiniRunException($"{option} {text}: mounts of type {type} are not there yet; use type=bind or type=tmpfs"),
            _ => throw new OptionException(option, text, $"unknown mount type \"{type}\"; there are bind and tmpfs"),
        };
        fields.RefuseOthers(type);
        return mount;
    }

    private static BindMount Bind(MountFields fields, string destination, string currentFolder)
    {
        string source = fields.Take("source") ?? throw fields.Error("source is required with type=bind");
        string propagation = fields.Take("bind-propagation") ?? "rprivate";
        if (!Propagation.IsWord(propagation))
        {
            throw fields.Error($"invalid bind-propagation \"{propagation}\"");
        }

        // --mount takes absolute sources; docker resolves "./x" since 23, and so does this.
        return new BindMount
        {
            Source = Path.GetFullPath(source, currentFolder),
            Destination = destination,
            ReadOnly = fields.TakeSwitch("readonly"),
            Recursive = !fields.TakeSwitch("bind-nonrecursive"),
            Propagation = propagation,
            MakeSource = false,
            Origin = fields.Origin,
        };
    }

    private static TmpfsMount Tmpfs(MountFields fields, string destination)
    {
        List<string> words = [];
        if (fields.TakeSwitch("readonly"))
        {
            words.Add("ro");
        }

        if (fields.Take("tmpfs-size") is { } size)
        {
            words.Add($"size={ByteSize.Parse(size, "--mount tmpfs-size").Bytes}");
        }

        if (fields.Take("tmpfs-mode") is { } mode)
        {
            words.Add($"mode={Convert.ToString(OptionNumber.ParseOctal(mode, "--mount tmpfs-mode", 0xfff), 8)}");
        }

        return new TmpfsMount { Destination = destination, Options = TmpfsOption.Merge(words, fields.Origin, "--mount"), Origin = fields.Origin };
    }
}

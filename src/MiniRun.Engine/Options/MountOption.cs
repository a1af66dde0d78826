using MiniRun.Linux;

namespace MiniRun.Engine.Options;

/// <summary>--mount type=volume|bind|tmpfs|image,KEY=VALUE,…, docker's long form.</summary>
public static class MountOption
{
    /// <exception cref="OptionException">A key is unknown, missing, or of another type.</exception>
    /// <exception cref="MiniRunException">A volume's name is none.</exception>
    public static UserMount Parse(string text, string option, string currentFolder)
    {
        var fields = new MountFields(text, option);
        string type = fields.Take("type") ?? "volume";
        string destination = fields.Take("target") ?? throw new OptionException(option, text, "target is required");
        destination = UserMount.CheckedDestination(destination, text, option);
        fields.Take("consistency"); // Docker Desktop's
        UserMount mount = type switch
        {
            "volume" => Volume(fields, destination),
            "bind" => Bind(fields, destination, currentFolder),
            "tmpfs" => Tmpfs(fields, destination),
            "image" => Image(fields, destination),
            _ => throw new OptionException(option, text, $"unknown mount type \"{type}\"; there are volume, bind, tmpfs and image"),
        };
        fields.RefuseOthers(type);
        return mount;
    }

    private static VolumeMount Volume(MountFields fields, string destination)
    {
        if (fields.Take("volume-driver") is { } driver && driver != "local")
        {
            throw fields.Error($"there is no volume driver \"{driver}\", only local");
        }

        string? subpath = fields.Take("volume-subpath");
        if (subpath is not null && (subpath.StartsWith('/') || subpath.Split('/').Contains("..")))
        {
            throw fields.Error("volume-subpath is a path in the volume: without a slash at its beginning and without \"..\"");
        }

        return new VolumeMount
        {
            Name = fields.Take("source") is { } name ? VolumeName.Parse(name) : null,
            Destination = destination,
            ReadOnly = fields.TakeSwitch("readonly"),
            NoCopy = fields.TakeSwitch("volume-nocopy"),
            Subpath = subpath,
            IdMap = fields.TakeIdMap(),
            ChangeOwner = fields.TakeSwitch("U"),
            Origin = fields.Origin,
        };
    }

    private static BindMount Bind(MountFields fields, string destination, string currentFolder)
    {
        string source = fields.Take("source") ?? throw fields.Error("source is required with type=bind");
        string propagation = fields.Take("bind-propagation") ?? "rprivate";
        if (!Propagation.IsWord(propagation))
        {
            throw fields.Error($"invalid bind-propagation \"{propagation}\"");
        }

        bool readOnly = fields.TakeSwitch("readonly");
        string recursion = Recursion(fields, readOnly, propagation);

        // --mount takes absolute sources; docker resolves "./x" since 23, and so does this.
        return new BindMount
        {
            Source = Path.GetFullPath(source, currentFolder),
            Destination = destination,
            ReadOnly = readOnly,
            Recursive = recursion != "disabled",
            WritableBelow = recursion == "writable",
            Propagation = propagation,
            MakeSource = fields.TakeSwitch("bind-create-src"),
            IdMap = fields.TakeIdMap(),
            ChangeOwner = fields.TakeSwitch("U"),
            Origin = fields.Origin,
        };
    }

    /// <summary>bind-recursive, with docker's conditions. Read-only reaches the mounts below in any case but "writable", so "enabled" and "readonly" are one.</summary>
    private static string Recursion(MountFields fields, bool readOnly, string propagation)
    {
        bool flat = fields.TakeSwitch("bind-nonrecursive");
        string? word = fields.Take("bind-recursive");
        if (flat && word is not (null or "disabled"))
        {
            throw fields.Error($"bind-nonrecursive and bind-recursive={word} contradict each other");
        }

        return word switch
        {
            null => flat ? "disabled" : "enabled",
            "enabled" or "disabled" => word,
            "writable" or "readonly" when !readOnly => throw fields.Error($"option 'bind-recursive={word}' requires 'readonly' to be specified in conjunction"),
            "readonly" when propagation != "rprivate" => throw fields.Error("option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction"),
            "writable" => word,
            "readonly" => "enabled",
            _ => throw fields.Error($"invalid value for bind-recursive: {word} (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")"),
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

    private static ImageMount Image(MountFields fields, string destination)
    {
        fields.TakeSwitch("readonly"); // it always is
        return new ImageMount
        {
            Image = fields.Take("source") ?? throw fields.Error("source, an image, is required with type=image"),
            Destination = destination,
            Origin = fields.Origin,
        };
    }
}

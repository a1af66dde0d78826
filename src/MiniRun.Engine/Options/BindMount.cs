namespace MiniRun.Engine.Options;

/// <summary>A folder or file of the host inside the container, from -v or --mount type=bind.</summary>
public sealed record BindMount : UserMount
{
    /// <summary>The host's path, absolute.</summary>
    public required string Source { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Whether mounts below the source come along (rbind), as docker has it by default.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>"rprivate", "rslave", "shared" and so on.</summary>
    public string Propagation { get; init; } = "rprivate";

    /// <summary>-v makes a source folder that is missing; --mount calls it an error.</summary>
    public required bool MakeSource { get; init; }

    internal override (string Option, string Text) AsOption()
    {
        if (MakeSource)
        {
            string modes = $"{(ReadOnly ? "ro" : "rw")},{(Recursive ? "rbind" : "bind")},{Propagation}";
            return ("--volume", $"{Source}:{Destination}:{modes}");
        }

        string others = $"{(ReadOnly ? ",readonly" : "")}{(Recursive ? "" : ",bind-nonrecursive")}";
        return ("--mount", $"type=bind,{MountFields.Quoted($"source={Source}")},{MountFields.Quoted($"target={Destination}")}{others},bind-propagation={Propagation}");
    }
}

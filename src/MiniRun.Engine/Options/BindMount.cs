namespace MiniRun.Engine.Options;

/// <summary>A folder or file of the host inside the container, from -v or --mount type=bind.</summary>
public sealed record BindMount : SourcedMount
{
    /// <summary>The host's path, absolute.</summary>
    public required string Source { get; init; }

    /// <summary>Whether mounts below the source come along (rbind), as docker has it by default.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>Whether a read-only mount leaves those below it as they are (bind-recursive=writable).</summary>
    public bool WritableBelow { get; init; }

    /// <summary>"rprivate", "rslave", "shared" and so on.</summary>
    public string Propagation { get; init; } = "rprivate";

    /// <summary>-v makes a source folder that is missing; --mount calls it an error, unless it says bind-create-src.</summary>
    public required bool MakeSource { get; init; }

    internal override (string Option, string Text) AsOption()
    {
        // The short form cannot write a colon, nor that the mounts below stay writable.
        if (MakeSource && !WritableBelow && !Source.Contains(':', StringComparison.Ordinal) && !Destination.Contains(':', StringComparison.Ordinal))
        {
            string modes = $"{(ReadOnly ? "ro" : "rw")},{(Recursive ? "rbind" : "bind")},{Propagation}{OwnerWords}";
            return ("--volume", $"{Source}:{Destination}:{modes}");
        }

        string others = $"{(ReadOnly ? ",readonly" : "")}{(Recursive ? "" : ",bind-nonrecursive")}{(WritableBelow ? ",bind-recursive=writable" : "")}{(MakeSource ? ",bind-create-src" : "")}";
        return ("--mount", $"type=bind,{MountFields.Quoted($"source={Source}")},{MountFields.Quoted($"target={Destination}")}{others},bind-propagation={Propagation}{OwnerWords}");
    }
}

namespace MiniRun.Engine.Options;

/// <summary>A volume inside the container, from -v, --mount type=volume or an image's VOLUME.</summary>
public sealed record VolumeMount : SourcedMount
{
    /// <summary>Null is a volume of the container's own, which gets its name when the container is made.</summary>
    public VolumeName? Name { get; init; }

    /// <summary>Whether it stands back where something else is mounted at its place: `-v /place`, and an image's VOLUME.</summary>
    public bool Yields { get; init; }

    /// <summary>Whether an empty volume stays empty, instead of beginning with what the image has at its place.</summary>
    public bool NoCopy { get; init; }

    /// <summary>A folder or file in the volume that is mounted in its stead; null is the whole volume. What is written in the volume decides where it leads, so it is followed inside of it only.</summary>
    public string? Subpath { get; init; }

    internal override (string Option, string Text) AsOption()
    {
        if (Yields)
        {
            return ("--volume", Destination);
        }

        string source = Name is { } name ? $",source={name}" : "";
        string subpath = Subpath is null ? "" : $",{MountFields.Quoted($"volume-subpath={Subpath}")}";
        return ("--mount", $"type=volume{source},{MountFields.Quoted($"target={Destination}")}{(ReadOnly ? ",readonly" : "")}{(NoCopy ? ",volume-nocopy" : "")}{subpath}{OwnerWords}");
    }
}

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
}

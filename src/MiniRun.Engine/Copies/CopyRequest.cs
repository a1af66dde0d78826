namespace MiniRun.Engine.Copies;

/// <summary>The container's end of a copy, and how it is made.</summary>
public sealed record CopyRequest
{
    /// <summary>The container's name, id, or the beginning of its id.</summary>
    public required string Container { get; init; }

    /// <summary>The path inside, as it was written.</summary>
    public required string Path { get; init; }

    /// <summary>-a: owners are kept and devices copied on the way in, and FIFOs are copied as such.</summary>
    public bool Archive { get; init; }

    /// <summary>-L: a link that is the source is followed; links in a copied folder never are.</summary>
    public bool FollowLink { get; init; }
}

namespace MiniRun.Engine.Registries.Uploads;

/// <summary>An upload under way: where its next part goes, and how many bytes the registry has.</summary>
internal sealed record UploadPlace(Uri Location, long Received)
{
    /// <summary>The least a part may have, but for the last one; 0 where the registry does not say (OCI-Chunk-Min-Length).</summary>
    internal long LeastPart { get; init; }

    /// <summary>The location that ends the upload: its own query, and the digest.</summary>
    internal Uri Closing(string digest)
    {
        string query = Location.Query.Length > 1 ? $"{Location.Query}&" : "?";
        return new Uri($"{Location.GetLeftPart(UriPartial.Path)}{query}digest={Uri.EscapeDataString(digest)}");
    }
}

namespace MiniRun.Runtime.Spec;

/// <summary>linux.intelRdt.</summary>
public sealed record IntelRdtSpec
{
    /// <summary>The class of service; null or "" is one of the container's own, "/" the host's default class.</summary>
    public string? ClosId { get; init; }

    public IReadOnlyList<string> Schemata { get; init; } = [];

    public string? L3CacheSchema { get; init; }

    public string? MemBwSchema { get; init; }

    public bool EnableMonitoring { get; init; }

    /// <summary>
    /// The writes to the class's schemata file, in the specification's order. Each is one of its own, because the kernel refuses a
    /// write that sets the same cache twice, and a later one is to count.
    /// </summary>
    public IReadOnlyList<string> SchemataToWrite()
    {
        List<string> writes = [];
        Add(writes, string.IsNullOrEmpty(MemBwSchema) ? L3CacheSchema : WithoutBandwidth(L3CacheSchema));
        Add(writes, MemBwSchema);
        Add(writes, string.Join('\n', Schemata));
        return writes;
    }

    private static void Add(List<string> writes, string? lines)
    {
        if (lines?.Trim('\n') is { Length: > 0 } present)
        {
            writes.Add(present);
        }
    }

    /// <summary>memBwSchema counts where l3CacheSchema has a line for the bandwidth too.</summary>
    private static string? WithoutBandwidth(string? lines) => lines is null
        ? null
        : string.Join('\n', Array.FindAll(lines.Split('\n'), line => !line.StartsWith("MB:", StringComparison.Ordinal)));
}

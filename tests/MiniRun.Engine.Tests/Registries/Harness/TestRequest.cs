namespace MiniRun.Engine.Tests.Registries.Harness;

/// <summary>A request as the test registry got it.</summary>
internal sealed record TestRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The target without its query.</summary>
    public string Path => Target.Split('?')[0];

    public string? Authorization => Headers.GetValueOrDefault("authorization");

    /// <summary>The first byte of the Range header; 0 where there is none.</summary>
    public int From => Headers.TryGetValue("range", out string? range) ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
}

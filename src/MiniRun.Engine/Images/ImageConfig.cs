namespace MiniRun.Engine.Images;

/// <summary>What an image says of its program: the part of an OCI image configuration that `run` uses.</summary>
public sealed record ImageConfig
{
    /// <summary>NAME=VALUE.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Cmd { get; init; } = [];

    /// <summary>"" is "/".</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>As --user; "" is root.</summary>
    public string User { get; init; } = "";
}

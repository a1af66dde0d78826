namespace MiniRun.Engine.Images.Documents;

/// <summary>What an image says of its program: "config" in an image's configuration (image-spec, config.md), and docker's additions to it.</summary>
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

    /// <summary>Absolute folders that want a volume each.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>"80/tcp" and the like.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>A signal's name or number; "" is SIGTERM.</summary>
    public string StopSignal { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public Healthcheck? Healthcheck { get; init; }

    /// <summary>Docker's: the shell of shell forms; empty is /bin/sh -c.</summary>
    public IReadOnlyList<string> Shell { get; init; } = [];

    /// <summary>Docker's: Dockerfile instructions for images built from this one.</summary>
    public IReadOnlyList<string> OnBuild { get; init; } = [];
}

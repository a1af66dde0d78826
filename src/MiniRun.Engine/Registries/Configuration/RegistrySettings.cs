
namespace MiniRun.Engine.Registries.Configuration;

/// <summary>How registries are spoken to: what the machine says of them, and how long one waits.</summary>
public sealed record RegistrySettings
{
    public required RegistryConfig Config { get; init; }

    /// <summary>Folders with one of certificates for a host each, docker's "certs.d".</summary>
    public IReadOnlyList<string> CertificateFolders { get; init; } = [];

    /// <summary>How long an answer may take to begin, a connection included.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a transfer may stand still.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a registry may take to look through what was sent before it says that it has it.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The bytes of a blob that are sent with one request: a broken connection costs no more than these.</summary>
    public long UploadPart { get; init; } = 32 << 20;

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>What this machine and its user have configured.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRun.Linux.MiniRunException">A configuration is wrong.</exception>
    public static RegistrySettings Read(Func<string, string?> variable) => new()
    {
        Config = RegistryConfigFiles.Read(RegistryConfigFiles.Paths(variable)),
        CertificateFolders = ["/etc/docker/certs.d", "/etc/minirun/certs.d"],
    };
}

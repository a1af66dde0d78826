using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>A host that is asked for an image: the registry of its name, or a mirror of it.</summary>
public sealed record RegistryEndpoint
{
    // The host that serves docker.io's API is not the one people know.
    private const string DockerApi = "registry-1.docker.io";
    private const string DockerCredentials = "https://index.docker.io/v1/";

    private RegistryEndpoint(string name, string authority, bool isInsecure)
    {
        Name = name;
        Authority = authority;
        IsInsecure = isInsecure;
    }

    /// <summary>As users know it: "docker.io", or a mirror's address.</summary>
    public string Name { get; }

    /// <summary>Host and port to connect to.</summary>
    public string Authority { get; }

    /// <summary>Whether plain HTTP and any certificate will do.</summary>
    public bool IsInsecure { get; }

    /// <summary>The one scheme to use; null where HTTPS is tried first and, if insecure, HTTP then.</summary>
    public string? Scheme { get; private init; }

    public bool IsMirror { get; private init; }

    /// <summary>Where the API begins.</summary>
    public string ApiPath { get; private init; } = "/v2/";

    /// <summary>What comes before the names of repositories here.</summary>
    public string Prefix { get; private init; } = "";

    /// <summary>Under which its login is kept.</summary>
    public string CredentialKey => Name == ImageReference.DefaultDomain ? DockerCredentials : Authority;

    /// <summary>The registry of a name itself.</summary>
    public static RegistryEndpoint Of(string domain, RegistryConfig config)
    {
        string authority = domain == ImageReference.DefaultDomain ? DockerApi : domain;
        bool isInsecure = config.IsInsecure(authority);
        return new RegistryEndpoint(domain, authority, isInsecure) { Scheme = isInsecure ? null : Uri.UriSchemeHttps };
    }

    /// <summary>The hosts to ask for an image, in turn: the mirrors of its registry, then the registry itself.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">The registry is blocked.</exception>
    public static IReadOnlyList<RegistryEndpoint> For(ImageReference reference, RegistryConfig config)
    {
        config.RefuseBlocked(reference.Domain);
        List<RegistryEndpoint> endpoints = [];
        foreach (MirrorAddress mirror in config.Mirrors.GetValueOrDefault(reference.Domain, []))
        {
            endpoints.Add(OfMirror(mirror, config));
        }

        endpoints.Add(Of(reference.Domain, config));
        return endpoints;
    }

    // Who writes "http://" has chosen plain HTTP for this mirror; its contents are verified by digest all the same, but tags are not.
    private static RegistryEndpoint OfMirror(MirrorAddress mirror, RegistryConfig config) =>
        new(mirror.Text, mirror.Authority, mirror.Scheme == Uri.UriSchemeHttp || config.IsInsecure(mirror.Authority))
        {
            Scheme = mirror.Scheme,
            IsMirror = true,
            ApiPath = mirror.ApiPath,
            Prefix = mirror.Prefix,
        };
}

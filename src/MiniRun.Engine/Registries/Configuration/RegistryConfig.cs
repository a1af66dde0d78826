using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>What registries.json says of registries: which have mirrors, which may be spoken to without TLS, and which not at all.</summary>
public sealed record RegistryConfig
{
    /// <summary>Nothing configured: every registry is asked itself, and only this machine's own may do without TLS.</summary>
    public static RegistryConfig Empty { get; } = new();

    /// <summary>By registry ("docker.io"), in the order they are tried; the registry itself comes last.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MirrorAddress>> Mirrors { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, IReadOnlyList<MirrorAddress>>.Empty;

    /// <summary>Those that may use plain HTTP and certificates that nobody vouches for.</summary>
    public IReadOnlyList<InsecureRule> Insecure { get; init; } = [];

    /// <summary>Those that are never spoken to.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];

    /// <summary>Whether a host may be spoken to without TLS, or with a certificate that nobody vouches for: what is listed, and as with docker this machine itself.</summary>
    /// <param name="authority">A host and, if it has one, its port.</param>
    public bool IsInsecure(string authority)
    {
        bool insecure = InsecureRule.Loopback.Matches(authority);
        foreach (InsecureRule rule in Insecure)
        {
            insecure |= rule.Matches(authority);
        }

        return insecure;
    }

    /// <summary>Refuses registries that are blocked, under every name that leads to them: a host is blocked at all of its ports, unless one is listed.</summary>
    /// <param name="registry">A host and, if it has one, its port.</param>
    /// <exception cref="MiniRunException">This one is.</exception>
    public void RefuseBlocked(string registry)
    {
        foreach (string blocked in Blocked)
        {
            if (RegistryName.Means(blocked, registry))
            {
                throw new MiniRunException($"registry {registry} is blocked on this machine: \"blocked\" in registries.json lists it");
            }
        }
    }

    /// <summary>This configuration with a user's own over it: the user's mirrors of a registry and list of insecure ones count, and what either blocks is blocked.</summary>
    internal RegistryConfig With(RegistryConfig user, bool replacesInsecure)
    {
        Dictionary<string, IReadOnlyList<MirrorAddress>> mirrors = new(Mirrors, StringComparer.OrdinalIgnoreCase);
        foreach ((string registry, IReadOnlyList<MirrorAddress> addresses) in user.Mirrors)
        {
            mirrors[registry] = addresses;
        }

        return new RegistryConfig
        {
            Mirrors = mirrors,
            Insecure = replacesInsecure ? user.Insecure : Insecure,
            Blocked = [.. Blocked, .. user.Blocked],
        };
    }
}

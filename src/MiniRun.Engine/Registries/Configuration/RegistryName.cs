using System.Globalization;
using System.Net;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>Registries as users and configurations name them: a host name or address, and a port if it has one.</summary>
public static class RegistryName
{
    /// <summary>Reads what `login` and `logout` are given: a registry, or its address as older dockers wrote it ("https://index.docker.io/v1/"). "" is docker.io.</summary>
    /// <exception cref="MiniRunException">It is none.</exception>
    public static string Parse(string text)
    {
        string name = text;
        foreach (string scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            name = name.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? name[scheme.Length..] : name;
        }

        int slash = name.IndexOf('/', StringComparison.Ordinal);
        name = slash < 0 ? name : name[..slash];
        return name is "" or "index.docker.io" or "registry-1.docker.io" ? ImageReference.DefaultDomain
            : IsOne(name) ? name
            : throw new MiniRunException($"\"{OneLine.Of(text[..Math.Min(text.Length, 160)])}\" is no registry: a host name or address is expected, and a port behind \":\" if need be");
    }

    private const int DefaultPort = 443;

    internal static bool IsOne(string text) => DomainGrammar.IsDomain(text);

    /// <summary>Whether a registry is the one that a rule names, however either is written; a rule without a port is about all ports.</summary>
    internal static bool Means(string rule, string registry) =>
        CanonicalHost(rule) == CanonicalHost(registry) && (PortOf(rule) is not { } port || port == (PortOf(registry) ?? DefaultPort));

    /// <summary>The host alone, an IPv6 address without its brackets.</summary>
    internal static string HostOf(string authority)
    {
        int bracket = authority.IndexOf(']', StringComparison.Ordinal);
        if (authority.StartsWith('[') && bracket > 0)
        {
            return authority[1..bracket];
        }

        int colon = authority.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? authority : authority[..colon];
    }

    /// <summary>One spelling for a host: an address has several ("127.1"), and docker.io answers under three names.</summary>
    private static string CanonicalHost(string authority)
    {
        string host = HostOf(authority).ToLowerInvariant();
        return host is "index.docker.io" or "registry-1.docker.io" ? ImageReference.DefaultDomain
            : IPAddress.TryParse(host, out IPAddress? address) ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
            : host;
    }

    /// <summary>Null where none is written.</summary>
    private static int? PortOf(string authority)
    {
        int colon = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        return colon >= 0 && int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : null;
    }
}

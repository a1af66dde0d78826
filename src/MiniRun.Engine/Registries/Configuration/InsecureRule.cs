using System.Net;
using System.Net.Sockets;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>One entry of "insecure": a registry's host and port, or a range of addresses. A name is never looked up to see whether its address is in a range: who answers for DNS could then take TLS away.</summary>
public sealed record InsecureRule
{
    private readonly string _authority;
    private readonly IPNetwork? _range;

    private InsecureRule(string authority, IPNetwork? range)
    {
        _authority = authority;
        _range = range;
    }

    /// <summary>This machine itself: 127.0.0.0/8, ::1 and "localhost".</summary>
    internal static InsecureRule Loopback { get; } = new("", new IPNetwork(new IPAddress([127, 0, 0, 0]), 8));

    /// <summary>Reads an entry; null where it is none.</summary>
    public static InsecureRule? TryParse(string text) =>
        text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out IPNetwork range) ? new InsecureRule("", range) : null
            : RegistryName.IsOne(text) ? new InsecureRule(text, null) : null;

    /// <summary>The entry.</summary>
    public override string ToString() => _range?.ToString() ?? _authority;

    internal bool Matches(string authority) => _range is { } range
        ? AddressOf(authority) is { } address && IsIn(range, address)
        : string.Equals(_authority, authority, StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(IPNetwork range, IPAddress address) => range.Contains(address)
        // The range of this machine's own addresses stands for its IPv6 one as well.
        || (range.BaseAddress.AddressFamily == AddressFamily.InterNetwork && IPAddress.IsLoopback(range.BaseAddress) && address.Equals(IPAddress.IPv6Loopback));

    private static IPAddress? AddressOf(string authority)
    {
        string host = RegistryName.HostOf(authority);
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(host, out IPAddress? address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;
    }
}

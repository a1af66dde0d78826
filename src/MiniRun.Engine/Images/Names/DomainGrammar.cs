using System.Net;
using System.Net.Sockets;

namespace MiniRun.Engine.Images.Names;

/// <summary>Registries in image names: a host name, an IPv4 address or an IPv6 address in brackets, and a port.</summary>
internal static class DomainGrammar
{
    private const int MaxLabelLength = 63;
    private const int MaxPort = 65535;

    /// <summary>Whether a name's first part is meant as a registry: it has a "." or ":", is "localhost", or has what no path has.</summary>
    internal static bool LooksLikeDomain(string first)
    {
        bool looks = first is "localhost";
        foreach (char c in first)
        {
            looks |= c is '.' or ':' or '[' || char.IsAsciiLetterUpper(c);
        }

        return looks;
    }

    internal static bool IsDomain(string text)
    {
        int bracket = text.LastIndexOf(']');
        int colon = text.IndexOf(':', bracket + 1);
        string host = colon < 0 ? text : text[..colon];
        return (colon < 0 || IsPort(text.AsSpan(colon + 1))) && (bracket < 0 ? IsHostName(host) : IsAddress(host));
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length is > 0 and <= 5 && text.IndexOfAnyExceptInRange('0', '9') < 0 && int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is > 0 and <= MaxPort;

    private static bool IsAddress(string host) =>
        host.Length > 2 && host[0] == '[' && host[^1] == ']' && host.IndexOf('%', StringComparison.Ordinal) < 0
        && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsHostName(string host)
    {
        foreach (string label in host.Split('.'))
        {
            bool valid = label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-';
            foreach (char c in label)
            {
                valid &= char.IsAsciiLetterOrDigit(c) || c == '-';
            }

            if (!valid)
            {
                return false;
            }
        }

        return true;
    }
}

using System.Text;

namespace MiniRun.Engine.Bundles;

/// <summary>The container's /etc/hostname, /etc/hosts and /etc/resolv.conf: made in its folder, mounted from there. Pure.</summary>
public static class HostsFiles
{
    /// <summary>The files' names, in /etc and in the container's folder alike.</summary>
    public static readonly IReadOnlyList<string> Names = ["hostname", "hosts", "resolv.conf"];

    /// <summary>The largest file of the host's taken over, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    public static string Hostname(string hostname) => hostname + "\n";

    /// <summary>/etc/hosts of a container whose network has loopback alone; docker's own lines.</summary>
    public static string LoopbackHosts(string hostname, string? domainname)
    {
        string names = domainname is null ? hostname : $"{hostname}.{domainname} {hostname}";
        return $"""
            127.0.0.1	localhost
            ::1	localhost ip6-localhost ip6-loopback
            fe00::	ip6-localnet
            ff00::	ip6-mcastprefix
            ff02::1	ip6-allnodes
            ff02::2	ip6-allrouters
            127.0.1.1	{names}

            """;
    }

    /// <summary>/etc/resolv.conf of a container with a network of its own: the host's without name servers on the host's loopback, which it cannot reach.</summary>
    public static string WithoutLocalServers(string host)
    {
        var kept = new StringBuilder();
        foreach (ReadOnlySpan<char> line in host.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && !IsLocalServer(line))
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.ToString();
    }

    private static bool IsLocalServer(ReadOnlySpan<char> line)
    {
        const string keyword = "nameserver";
        ReadOnlySpan<char> trimmed = line.TrimStart();
        if (!trimmed.StartsWith(keyword, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> address = trimmed[keyword.Length..].TrimStart();
        return address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("::1", StringComparison.Ordinal);
    }
}

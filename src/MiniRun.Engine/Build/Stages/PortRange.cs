using System.Globalization;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Stages;

/// <summary>EXPOSE's "80", "80/udp" and "80-90/tcp" as the single ports an image lists.</summary>
internal static class PortRange
{
    /// <exception cref="DockerfileException">It is no port.</exception>
    internal static IEnumerable<string> Parse(SourceText source, SourceWord word, string text)
    {
        string[] parts = text.Split('/');
        string protocol = parts.Length > 1 ? parts[1].ToLowerInvariant() : "tcp";
        string[] ends = parts[0].Split('-');
        int first = Number(ends[0]);
        int last = ends.Length > 1 ? Number(ends[1]) : first;
        if (parts.Length > 2 || ends.Length > 2 || protocol is not ("tcp" or "udp" or "sctp") || first < 0 || last < first)
        {
            throw source.Error(word, $"invalid containerPort: {text}: a port is written 80, 80/udp or 80-90/tcp");
        }

        return Enumerable.Range(first, last - first + 1).Select(port => $"{port}/{protocol}");
    }

    private static int Number(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : -1;
}

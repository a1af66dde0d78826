using System.Globalization;

namespace MiniRun.Cli.Output;

/// <summary>Points in time as docker's listings write them: "2026-01-02 12:00:00 +0000 UTC", in local time.</summary>
internal static class GoTime
{
    internal static string Of(DateTimeOffset time)
    {
        DateTimeOffset local = time.ToLocalTime();
        string offset = local.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        // Go writes the offset again where a zone has no name; .NET knows none without its tables of cultures.
        return $"{local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {offset} {(local.Offset == TimeSpan.Zero ? "UTC" : offset)}";
    }
}

using System.Globalization;

namespace MiniRun.Linux.Cgroups;

/// <summary>One line of io.stat: "8:0 rbytes=1 wbytes=2 rios=3 wios=4 …".</summary>
public sealed record IoStatistics(uint Major, uint Minor, ulong ReadBytes, ulong WrittenBytes, ulong Reads, ulong Writes)
{
    public static IReadOnlyList<IoStatistics> Parse(string text)
    {
        List<IoStatistics> devices = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            string[] device = words[0].Split(':');
            if (device.Length == 2 && Number(device[0]) is { } major && Number(device[1]) is { } minor)
            {
                devices.Add(new IoStatistics((uint)major, (uint)minor, Of(words, "rbytes="), Of(words, "wbytes="), Of(words, "rios="), Of(words, "wios=")));
            }
        }

        return devices;
    }

    private static ulong Of(string[] words, string key)
    {
        foreach (string word in words)
        {
            if (word.StartsWith(key, StringComparison.Ordinal))
            {
                return Number(word.AsSpan(key.Length)) ?? 0;
            }
        }

        return 0;
    }

    private static ulong? Number(ReadOnlySpan<char> text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;
}

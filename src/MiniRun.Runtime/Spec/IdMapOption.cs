using System.Globalization;

namespace MiniRun.Runtime.Spec;

/// <summary>
/// The mount options idmap and ridmap (config.md), and crun's way of writing maps into them:
/// "idmap=uids=0-1000-1#1-2000-10;gids=@0-0-1", each range "id on the disk-id shown-count"; with "@" the second is an id of
/// the container, else the host's.
/// </summary>
public sealed record IdMapOption(bool Recursive, IReadOnlyList<IdMapOption.Ranges> Uids, IReadOnlyList<IdMapOption.Ranges> Gids)
{
    /// <summary>As many lines as the kernel takes for a map (UID_GID_MAP_MAX_EXTENTS).</summary>
    private const int MostRanges = 340;

    /// <summary>One range, and whether its HostId is an id of the container instead.</summary>
    public sealed record Ranges(IdMapping Mapping, bool OfContainer);

    /// <summary>Whether maps are written into the option.</summary>
    public bool HasMaps => Uids.Count + Gids.Count > 0;

    /// <summary>Whether an option's word asks for an id mapping, well written or not.</summary>
    public static bool IsIdMap(string word) =>
        word is "idmap" or "ridmap" || word.StartsWith("idmap=", StringComparison.Ordinal) || word.StartsWith("ridmap=", StringComparison.Ordinal);

    /// <summary>Reads a word that <see cref="IsIdMap"/>; null where it is written wrongly.</summary>
    public static IdMapOption? TryParse(string word)
    {
        bool recursive = word[0] == 'r';
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return new IdMapOption(recursive, [], []);
        }

        List<Ranges> uids = [];
        List<Ranges> gids = [];
        ReadOnlySpan<char> maps = word.AsSpan(equals + 1);
        foreach (Range part in maps.Split(';'))
        {
            ReadOnlySpan<char> map = maps[part];
            List<Ranges>? into = map.StartsWith("uids=") ? uids : map.StartsWith("gids=") ? gids : null;
            if (into is null || into.Count > 0 || !TryParseRanges(map["uids=".Length..], into))
            {
                return null;
            }
        }

        return new IdMapOption(recursive, uids, gids);
    }

    private static bool TryParseRanges(ReadOnlySpan<char> text, List<Ranges> into)
    {
        Span<uint> numbers = stackalloc uint[3];
        foreach (Range part in text.Split('#'))
        {
            ReadOnlySpan<char> range = text[part];
            bool ofContainer = range.StartsWith("@");
            if (into.Count == MostRanges || !TryParseNumbers(ofContainer ? range[1..] : range, numbers))
            {
                return false;
            }

            into.Add(new Ranges(new IdMapping(numbers[0], numbers[1], numbers[2]), ofContainer));
        }

        return true;
    }

    private static bool TryParseNumbers(ReadOnlySpan<char> text, Span<uint> numbers)
    {
        int count = 0;
        foreach (Range part in text.Split('-'))
        {
            if (count == numbers.Length || !uint.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count]))
            {
                return false;
            }

            count++;
        }

        return count == numbers.Length;
    }
}

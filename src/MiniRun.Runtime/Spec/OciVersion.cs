namespace MiniRun.Runtime.Spec;

/// <summary>The versions of runtime-spec minirun reads: every 1.x, because 1.x only ever adds.</summary>
public static class OciVersion
{
    /// <summary>The version of the documents minirun writes.</summary>
    public const string Written = "1.3.0";

    /// <summary>The oldest version that is read.</summary>
    public const string Oldest = "1.0.0";

    /// <summary>Whether this is "1.MINOR.PATCH", with or without a "-suffix" or "+suffix".</summary>
    public static bool IsSupported(string version)
    {
        int position = 0;
        return version.StartsWith("1.", StringComparison.Ordinal)
            && Number(version, ref position) && Dot(version, ref position)
            && Number(version, ref position) && Dot(version, ref position)
            && Number(version, ref position)
            && (position == version.Length || version[position] is '-' or '+');
    }

    private static bool Number(string version, ref int position)
    {
        int start = position;
        while (position < version.Length && char.IsAsciiDigit(version[position]))
        {
            position++;
        }

        return position > start;
    }

    private static bool Dot(string version, ref int position) => position < version.Length && version[position++] == '.';
}

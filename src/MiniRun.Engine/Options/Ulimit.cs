using System.Globalization;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Options;

/// <summary>One --ulimit: NAME=SOFT[:HARD]; -1 is unlimited.</summary>
public static class Ulimit
{
    // prlimit(2), in the names of docker and of the shell's ulimit.
    private static readonly string[] s_names =
        ["as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"];

    /// <exception cref="OptionException">The name is unknown, a number is none, or soft is over hard.</exception>
    public static RlimitSpec Parse(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        if (equals < 0)
        {
            throw new OptionException(option, text, "write NAME=SOFT[:HARD], such as nofile=1024:2048");
        }

        if (!s_names.Contains(name))
        {
            throw new OptionException(option, text, $"unknown limit {name}; there are {string.Join(' ', s_names)}");
        }

        ReadOnlySpan<char> values = text.AsSpan(equals + 1);
        int colon = values.IndexOf(':');
        ulong soft = Value(colon < 0 ? values : values[..colon], text, option);
        ulong hard = colon < 0 ? soft : Value(values[(colon + 1)..], text, option);
        return soft <= hard
            ? new RlimitSpec("RLIMIT_" + name.ToUpperInvariant(), soft, hard)
            : throw new OptionException(option, text, "the soft limit is over the hard limit");
    }

    private static ulong Value(ReadOnlySpan<char> text, string whole, string option)
    {
        if (text is "-1")
        {
            return ulong.MaxValue;
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new OptionException(option, whole, $"\"{text}\" is not a whole number");
    }
}

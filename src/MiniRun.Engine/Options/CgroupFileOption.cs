using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Engine.Options;

/// <summary>--cgroup-conf KEY=VALUE: a file of the container's cgroup and what is written to it, such as memory.high=400m's bytes.</summary>
public static class CgroupFileOption
{
    /// <exception cref="OptionException">It is no KEY=VALUE, or KEY is not the name of a setting.</exception>
    public static KeyValuePair<string, string> Parse(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
        {
            throw new OptionException(option, text, "write KEY=VALUE, such as memory.high=1073741824");
        }

        try
        {
            UnifiedSettings.Translate(text[..equals], text[(equals + 1)..]);
            return new(text[..equals], text[(equals + 1)..]);
        }
        catch (MiniRunException refused)
        {
            throw new OptionException(option, text, refused.Message);
        }
    }
}

using System.Globalization;
using MiniRun.Engine.Options;

namespace MiniRun.Cli.BuildOptions;

/// <summary>Build arguments from the command line and the caller's environment.</summary>
internal static class CallerArguments
{
    private const string SourceDateEpoch = "SOURCE_DATE_EPOCH";

    private static readonly string[] s_proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

    /// <summary>The arguments of --build-arg, and the proxies that the caller uses: RUN's programs are in the same network.</summary>
    /// <exception cref="OptionException">An argument has no name.</exception>
    internal static Dictionary<string, string> Read(string[] texts, Func<string, string?> variable)
    {
        Dictionary<string, string> arguments = new(StringComparer.Ordinal);
        foreach (string proxy in s_proxies)
        {
            Add(proxy, variable(proxy));
            Add(proxy.ToLowerInvariant(), variable(proxy.ToLowerInvariant()));
        }

        foreach (string text in texts)
        {
            EnvironmentVariable argument = EnvironmentVariable.Parse(text, "--build-arg");
            Add(argument.Name, argument.Value ?? variable(argument.Name));
        }

        return arguments;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments[name] = value;
            }
        }
    }

    /// <summary>SOURCE_DATE_EPOCH, as a build argument or a variable; null where it is not set.</summary>
    /// <exception cref="OptionException">It is not a number of seconds since 1970.</exception>
    internal static DateTimeOffset? SourceDate(Dictionary<string, string> arguments, Func<string, string?> variable)
    {
        if ((arguments.GetValueOrDefault(SourceDateEpoch) ?? variable(SourceDateEpoch)) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new OptionException(SourceDateEpoch, text, "give seconds since 1970");
    }
}

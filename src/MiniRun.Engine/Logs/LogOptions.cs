using System.Globalization;
using MiniRun.Linux;

namespace MiniRun.Engine.Logs;

/// <summary>--log-driver and --log-opt, checked.</summary>
public sealed record LogOptions
{
    /// <summary>The value of <see cref="MaxSize"/> that means no limit.</summary>
    public const long Unlimited = -1;

    private const string ValueOption = "--log-opt";
    private const int ShownLength = 64;

    public LogDriver Driver { get; init; }

    /// <summary>Bytes from which on a file is rotated before the next line; <see cref="Unlimited"/> by default.</summary>
    public long MaxSize { get; init; } = Unlimited;

    /// <summary>How many files are kept, the one being written included; as with docker it has an effect only where there is a <see cref="MaxSize"/>.</summary>
    public int MaxFile { get; init; } = 1;

    /// <summary>The driver's name in docker's words.</summary>
    public string DriverName => Driver == LogDriver.None ? "none" : "json-file";

    /// <summary>Reads the values of the two options.</summary>
    /// <param name="driver">--log-driver; null is json-file.</param>
    /// <param name="options">Each --log-opt, KEY=VALUE; of a key given twice the last one counts.</param>
    /// <exception cref="MiniRunException">In docker's words: there is no such driver or key, or a value is wrong.</exception>
    public static LogOptions Parse(string? driver, IReadOnlyList<string> options)
    {
        switch (driver)
        {
            case null or "" or "json-file":
                return JsonFile(options);
            case "none":
                return options.Count == 0
                    ? new LogOptions { Driver = LogDriver.None }
                    : throw new MiniRunException("invalid logging opts for driver none");
            default:
                throw new MiniRunException($"logger: no log driver named '{Shown(driver)}' is registered: minirun has json-file and none");
        }
    }

    /// <summary>The options that are not the defaults, as `inspect` lists them in LogConfig.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values()
    {
        List<KeyValuePair<string, string>> values = [];
        if (MaxSize != Unlimited)
        {
            values.Add(new("max-size", MaxSize.ToString(CultureInfo.InvariantCulture)));
        }

        if (MaxFile != 1)
        {
            values.Add(new("max-file", MaxFile.ToString(CultureInfo.InvariantCulture)));
        }

        return values;
    }

    private static LogOptions JsonFile(IReadOnlyList<string> options)
    {
        LogOptions read = new();
        foreach (string option in options)
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? option : option[..equals];
            string value = equals < 0 ? "" : option[(equals + 1)..];
            read = key switch
            {
                "max-size" => read with { MaxSize = LogSize.Parse(value) },
                "max-file" => read with { MaxFile = FileCount(value) },
                "mode" => CheckedMode(value, read),
                _ => throw new MiniRunException($"unknown log opt '{Shown(key)}' for json-file log driver: minirun has max-size, max-file and mode"),
            };
        }

        return read;
    }

    private static int FileCount(string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            throw new MiniRunException($"{ValueOption} max-file={Shown(text)}: give a whole number");
        }

        return count >= 1 ? count : throw new MiniRunException("max-file cannot be less than 1");
    }

    /// <summary>The program waits while its output is written: what docker calls blocking. A buffer that drops lines instead is not there, and so not promised.</summary>
    private static LogOptions CheckedMode(string mode, LogOptions read) => mode switch
    {
        "blocking" => read,
        "non-blocking" => throw new MiniRunException($"{ValueOption} mode=non-blocking: minirun writes output as it comes, and only a full disk makes it drop any; leave it out"),
        _ => throw new MiniRunException($"logger: logging mode not supported: {Shown(mode)}"),
    };

    private static string Shown(string text) => text.Length <= ShownLength ? text : string.Concat(text.AsSpan(0, ShownLength), "…");
}

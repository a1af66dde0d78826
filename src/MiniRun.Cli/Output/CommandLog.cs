using System.Globalization;
using MiniRun.Cli.CommandLine;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace MiniRun.Cli.Output;

/// <summary>The log of --log-level and --log-file. Without them Serilog is not even initialised: that costs as much as parsing the command line.</summary>
internal sealed class CommandLog : IDisposable
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}";

    private readonly Logger? _logger;

    private CommandLog(Logger? logger)
    {
        _logger = logger;
    }

    /// <exception cref="UsageException">The level is unknown.</exception>
    internal static CommandLog Open(string? level, string? file, Terminal terminal)
    {
        if (level is null && file is null)
        {
            return new CommandLog(null);
        }

        if (file is not null)
        {
            CheckWritable(file);
        }

        LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.Is(Level(level ?? "info"));
        configuration = file is null
            ? configuration.WriteTo.Sink(new WriterSink(terminal.Error, Template))
            : configuration.WriteTo.File(file, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        return new CommandLog(configuration.CreateLogger());
    }

    /// <summary>Something that happened once in a command.</summary>
    internal void Information(string template, params object?[] values) => _logger?.Information(template, values);

    /// <summary>Something of interest when minirun itself is looked at.</summary>
    internal void Debug(string template, params object?[] values) => _logger?.Debug(template, values);

    public void Dispose() => _logger?.Dispose();

    /// <summary>Serilog itself says nothing when its file cannot be written.</summary>
    private static void CheckWritable(string file)
    {
        try
        {
            using FileStream opened = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"invalid argument \"{file}\" for --log-file: it cannot be written; name a file in a folder that is there");
        }
    }

    private static LogEventLevel Level(string word) => word switch
    {
        "debug" => LogEventLevel.Debug,
        "info" => LogEventLevel.Information,
        "warn" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        "fatal" => LogEventLevel.Fatal,
        _ => throw new UsageException($"invalid argument \"{word}\" for --log-level: there are debug, info, warn, error and fatal"),
    };
}

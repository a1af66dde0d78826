using System.Globalization;
using MiniRun.Linux;
using Serilog;
using Serilog.Core;

namespace MiniRun.Cli.Output;

/// <summary>A monitor's own log, in its container's folder: starts, ends and failures, a line each.</summary>
internal sealed class MonitorLog(string file) : IDisposable
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} [{Level:u3}] {Message:lj}{NewLine}";
    private const long MaxSize = 1 << 20;

    private Logger? _logger;

    /// <summary>
    /// One line, whatever a failure quotes of what the container made. Of a container that is gone (--rm) nothing is written: Serilog would
    /// make its folder anew.
    /// </summary>
    internal void Note(string text)
    {
        if (_logger is null && !File.Exists($"{Path.GetDirectoryName(file)}/container.json"))
        {
            return;
        }

        _logger ??= new LoggerConfiguration().WriteTo.File(file, outputTemplate: Template, fileSizeLimitBytes: MaxSize, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
        _logger.Information("{Text:l}", OneLine.Of(text));
    }

    public void Dispose() => _logger?.Dispose();
}

using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace MiniRun.Cli.Output;

/// <summary>Writes log lines to stderr as it is, without Serilog's console package.</summary>
internal sealed class WriterSink(TextWriter writer, string template) : ILogEventSink
{
    private readonly MessageTemplateTextFormatter _formatter = new(template, CultureInfo.InvariantCulture);

    public void Emit(LogEvent logEvent) => _formatter.Format(logEvent, writer);
}

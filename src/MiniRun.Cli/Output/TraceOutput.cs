using System.Globalization;
using MiniRun.Runtime.Launch;

namespace MiniRun.Cli.Output;

/// <summary>`run --trace`: each step as it has been carried out.</summary>
internal sealed class TraceOutput(TextWriter error)
{
    internal void Print(TraceRecord record) => error.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{record.StepIndex + 1,4}  {record.Step.Kind}  ok  {record.Duration.TotalMicroseconds:0.0} µs\n"));
}

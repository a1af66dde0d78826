using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Cli.Output;

/// <summary>`run --trace`: each step as it has been carried out.</summary>
internal sealed class TraceOutput(TextWriter error)
{
    internal void Print(TraceRecord record)
    {
        error.Write(TracePrinter.Line(record.Plan, record.StepIndex, record.Errno, record.Duration));
        error.Write('\n');
    }
}

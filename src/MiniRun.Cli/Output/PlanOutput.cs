using System.Text;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Cli.Output;

/// <summary>`explain`: a plan as text or JSON.</summary>
internal static class PlanOutput
{
    /// <exception cref="UsageException">The format is none of the two.</exception>
    internal static void Print(TextWriter output, ExplainedPlan explained, string? format)
    {
        IReadOnlyDictionary<string, string> options = explained.Origins.ForPlan(explained.Plan);
        switch (format)
        {
            case null or "text":
                foreach (string note in explained.Notes)
                {
                    output.Write($"note: {note}\n");
                }

                output.Write(PlanPrinter.ToText(explained.Plan, options));
                break;
            case "json":
                using (var bytes = new MemoryStream())
                {
                    PlanJson.Write(bytes, explained.Plan, options, explained.Notes);
                    output.Write(Encoding.UTF8.GetString(bytes.ToArray()));
                    output.Write('\n');
                }

                break;
            default:
                throw new UsageException($"invalid argument \"{format}\" for --format: there are text and json");
        }
    }
}

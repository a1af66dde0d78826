using System.Text;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Verbs;

internal static class ListVerb
{
    public static int Run(Invocation invocation)
    {
        IReadOnlyList<ContainerReport> reports = OciContainers.Of(invocation).List(RuncLog.From(invocation.Global).Warning);
        if (invocation.Options.Has("quiet"))
        {
            StringBuilder ids = new();
            foreach (ContainerReport report in reports)
            {
                ids.Append(report.Id.Value).Append('\n');
            }

            StandardStream.Out(ids.ToString());
            return 0;
        }

        StandardStream.Out((invocation.Options.Text("format") ?? "table") switch
        {
            "table" => StateText.Table(reports),
            "json" => StateText.JsonList(reports),
            string other => throw new UsageException($"invalid format option: {other}: give table or json"),
        });
        return 0;
    }
}

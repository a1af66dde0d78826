using System.Text;
using MiniRun.Linux.Processes;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Verbs;

internal static class PsVerb
{
    private const int LargestTable = 64 << 20;

    public static int Run(Invocation invocation)
    {
        IReadOnlyList<int> pids = OciContainers.Of(invocation).Processes(invocation.Id);
        StandardStream.Out((invocation.Options.Text("format") ?? "table") switch
        {
            "json" => pids.Count == 0 ? "null\n" : $"[{string.Join(',', pids)}]\n", // as Go writes a list that was never made
            "table" => Encoding.UTF8.GetString(Table(pids, invocation.Arguments)),
            string other => throw new UsageException($"invalid format option: {other}: give table or json"),
        });
        return 0;
    }

    /// <summary>The host's ps knows how to show a process; of its lines, the container's are kept.</summary>
    private static byte[] Table(IReadOnlyList<int> pids, List<string> arguments)
    {
        string[] command = ["ps", .. arguments.Count > 1 ? arguments[1..] : ["-ef"]];
        string text = Encoding.UTF8.GetString(HelperProgram.Capture(command[0], command, LargestTable));
        return Encoding.UTF8.GetBytes(PsTable.Filter(text, new HashSet<int>(pids)));
    }
}

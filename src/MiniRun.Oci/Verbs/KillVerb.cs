using MiniRun.Linux.Processes;
using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class KillVerb
{
    public static int Run(Invocation invocation)
    {
        int signal = invocation.Arguments.Count > 1 ? Signals.Parse(invocation.Arguments[1]) : Signals.SIGTERM;
        OciContainers.Of(invocation).Kill(invocation.Id, signal, invocation.Options.Has("all"));
        return 0;
    }
}

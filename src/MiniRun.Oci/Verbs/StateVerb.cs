using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Verbs;

internal static class StateVerb
{
    public static int Run(Invocation invocation)
    {
        StandardStream.Out(StateText.Json(OciContainers.Of(invocation).State(invocation.Id)));
        return 0;
    }
}

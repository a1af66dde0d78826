using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class PauseVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Pause(invocation.Id);
        return 0;
    }
}

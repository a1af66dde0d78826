using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class StartVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Start(invocation.Id);
        return 0;
    }
}

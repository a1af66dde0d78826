using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class DeleteVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Delete(invocation.Id, invocation.Options.Has("force"));
        return 0;
    }
}

using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class ResumeVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Resume(invocation.Id);
        return 0;
    }
}

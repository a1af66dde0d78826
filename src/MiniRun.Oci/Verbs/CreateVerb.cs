using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

internal static class CreateVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Create(LaunchArguments.Read(invocation));
        return 0;
    }
}

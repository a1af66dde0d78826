using MiniRun.Oci.Grammar;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Verbs;

internal static class RunVerb
{
    public static int Run(Invocation invocation)
    {
        RunOptions options = new() { Detach = invocation.Options.Has("detach"), Keep = invocation.Options.Has("keep") };
        return OciContainers.Of(invocation).Run(LaunchArguments.Read(invocation), options).Status;
    }
}

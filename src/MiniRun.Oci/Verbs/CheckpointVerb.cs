using MiniRun.Linux;
using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Verbs;

/// <summary>`checkpoint` and `restore`: engines ask for them only when their users do.</summary>
internal static class CheckpointVerb
{
    public static int Run(Invocation invocation) =>
        throw new MiniRunException($"{invocation.Verb!.Name}: minirun-oci is built without checkpoints (CRIU): stop the container and start it anew, or use runc for this one");
}

using MiniRun.Linux;
using MiniRun.Oci.Grammar;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Verbs;

internal static class DeleteVerb
{
    public static int Run(Invocation invocation)
    {
        Containers containers = OciContainers.Of(invocation);
        bool force = invocation.Options.Has("force");
        if (invocation.Options.Has("regex"))
        {
            DeleteAll(containers, invocation.Arguments[0], force);
        }
        else
        {
            containers.Delete(invocation.Id, force);
        }

        return 0;
    }

    /// <summary>crun's --regex. One that is removed by another meanwhile is no error with force.</summary>
    private static void DeleteAll(Containers containers, string pattern, bool force)
    {
        using PosixRegex regex = new(pattern);
        foreach (ContainerId id in containers.Ids())
        {
            if (regex.IsMatch(id.Value))
            {
                containers.Delete(id, force);
            }
        }
    }
}

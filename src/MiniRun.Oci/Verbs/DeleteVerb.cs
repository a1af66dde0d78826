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

    /// <summary>crun's --regex. One that cannot be removed keeps no other from it; one that another removes meanwhile is as good as removed.</summary>
    private static void DeleteAll(Containers containers, string pattern, bool force)
    {
        using PosixRegex regex = new(pattern);
        List<string> failures = [];
        foreach (ContainerId id in containers.Ids())
        {
            if (!regex.IsMatch(id.Value))
            {
                continue;
            }

            try
            {
                containers.Delete(id, force);
            }
            catch (NoSuchContainerException)
            {
            }
            catch (MiniRunException failure)
            {
                failures.Add(failure.Message);
            }
        }

        if (failures.Count > 0)
        {
            throw new MiniRunException(string.Join("; ", failures));
        }
    }
}

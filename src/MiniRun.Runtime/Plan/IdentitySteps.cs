using System.Runtime.InteropServices;
using MiniRun.Linux;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>User, group and supplementary groups, in one step: groups precede gid, gid precedes uid, since each needs the privilege the next gives up.</summary>
internal static class IdentitySteps
{
    public static void Add(List<LaunchStep> steps, ProcessContext context)
    {
        UserSpec user = context.Process.User;
        if (context.SetgroupsDenied && user.AdditionalGids.Count > 0)
        {
            throw new MiniRunException("process.user.additionalGids: setgroups is denied in this user namespace, because an unprivileged user mapped it: remove the groups, or install newuidmap and newgidmap and map a range of /etc/subgid");
        }

        steps.Add(new LaunchStep(StepKind.Identity)
        {
            Argument0 = user.Uid,
            Argument1 = user.Gid,
            Blob = Groups(user.AdditionalGids),
            Flags = context.SetgroupsDenied ? (ushort)IdentityFlags.KeepGroups : (ushort)0,
            Source = "process.user",
        });
    }

    private static byte[] Groups(IReadOnlyList<uint> groups)
    {
        byte[] bytes = new byte[groups.Count * sizeof(uint)];
        for (int i = 0; i < groups.Count; i++)
        {
            MemoryMarshal.Write(bytes.AsSpan(i * sizeof(uint)), groups[i]);
        }

        return bytes;
    }
}

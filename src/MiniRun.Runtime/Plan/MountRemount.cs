using MiniRun.Linux;

namespace MiniRun.Runtime.Plan;

/// <summary>The option remount: other attributes for what an earlier entry mounted. Nothing outside the plan's own mounts can be remounted.</summary>
internal static class MountRemount
{
    public static short SlotOf(PlannedMount[] mounts, PlannedMount remount)
    {
        for (int i = remount.Index - 1; i >= 0; i--)
        {
            if (mounts[i].Destination == remount.Destination)
            {
                return mounts[i].Slot;
            }
        }

        throw new MiniRunException($"mounts[{remount.Index}].options: remount of '{remount.Destination}', where no earlier entry mounts anything: remove the option remount");
    }

    public static void Add(PlanDraft draft, PlannedMount mount)
    {
        MountOptions options = mount.Options;
        if (options.Data.Count > 0)
        {
            throw new MiniRunException($"mounts[{mount.Index}].options: remount cannot give the file system '{options.Data[0]}': give it to the entry that mounts '{mount.Destination}'");
        }

        MountAttributes.AddBoth(draft, mount, options.RecursiveChange, options.Change, options.Propagation);
    }
}

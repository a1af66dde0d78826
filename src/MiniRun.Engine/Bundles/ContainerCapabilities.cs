using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>Which capabilities a container keeps, and which it was to have but this host cannot give.</summary>
/// <param name="Kept">The bounding set, and root's effective set.</param>
/// <param name="Missing">Asked for by default, by ALL or by --privileged, and not in the caller's bounding set.</param>
public readonly record struct ContainerCapabilities(CapabilitySet Kept, CapabilitySet Missing)
{
    /// <summary>docker's fourteen: what services commonly need, and nothing that reaches the host.</summary>
    public static readonly CapabilitySet Default = CapabilitySet.Of(
        Capability.CAP_CHOWN,
        Capability.CAP_DAC_OVERRIDE,
        Capability.CAP_FSETID,
        Capability.CAP_FOWNER,
        Capability.CAP_MKNOD,
        Capability.CAP_NET_RAW,
        Capability.CAP_SETGID,
        Capability.CAP_SETUID,
        Capability.CAP_SETFCAP,
        Capability.CAP_SETPCAP,
        Capability.CAP_NET_BIND_SERVICE,
        Capability.CAP_SYS_CHROOT,
        Capability.CAP_KILL,
        Capability.CAP_AUDIT_WRITE);

    /// <summary>Decides the set by docker's rules: ALL first, then names; dropping ALL keeps only what is added.</summary>
    /// <param name="available">What can be given: the caller's bounding set, or everything in a new user namespace.</param>
    /// <exception cref="MiniRunException">A capability added by name cannot be given: the message names it.</exception>
    public static ContainerCapabilities Of(PrivilegeChoices choices, CapabilitySet available)
    {
        CapabilitySet added = Named(choices.Add);
        CapabilitySet lacking = added - available;
        if (!lacking.IsEmpty)
        {
            throw new MiniRunException($"--cap-add {lacking}: not in the caller's bounding set, so this host cannot give it; leave it out, or run minirun where it is not taken away (grep CapBnd /proc/self/status)");
        }

        CapabilitySet wanted = Wanted(choices, added);
        return new ContainerCapabilities(wanted & available, wanted - available);
    }

    /// <summary>The sets as execve makes them: root has them, others may only gain them.</summary>
    public CapabilitiesSpec ToSpec(uint uid)
    {
        IReadOnlyList<string> names = Kept.Names();
        return uid == 0
            ? new CapabilitiesSpec { Bounding = names, Effective = names, Permitted = names }
            : new CapabilitiesSpec { Bounding = names };
    }

    /// <summary>What is missing, as a sentence, for explain.</summary>
    public IReadOnlyList<string> Notes() => Missing.IsEmpty
        ? []
        : [$"not given, because the caller's bounding set lacks it: {string.Join(", ", Missing.Names())}"];

    private static CapabilitySet Wanted(PrivilegeChoices choices, CapabilitySet added)
    {
        if (choices.Privileged)
        {
            return CapabilitySet.All;
        }

        if (HasAll(choices.Add))
        {
            return CapabilitySet.All - Named(choices.Drop);
        }

        return HasAll(choices.Drop) ? added : (Default - Named(choices.Drop)) | added;
    }

    private static bool HasAll(IReadOnlyList<CapabilityChange> changes)
    {
        foreach (CapabilityChange change in changes)
        {
            if (change.IsAll)
            {
                return true;
            }
        }

        return false;
    }

    private static CapabilitySet Named(IReadOnlyList<CapabilityChange> changes)
    {
        CapabilitySet set = CapabilitySet.Empty;
        foreach (CapabilityChange change in changes)
        {
            set = change.IsAll ? set : set | change.Set;
        }

        return set;
    }
}

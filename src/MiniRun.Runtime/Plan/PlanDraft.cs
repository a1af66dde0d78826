using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>A plan being built: the steps so far, the slots given out, and what later steps must know of earlier ones.</summary>
internal sealed class PlanDraft
{
    private int _slots;

    public PlanDraft(LaunchRequest request, HostFacts facts)
    {
        Request = request;
        Facts = facts;
        Namespaces = NamespaceLayout.Of(request.Spec.Linux.Namespaces);
        Mounts = new MountDecision(request, facts, Namespaces).All();
        Devices = PlannedDevice.All(request.Spec.Linux.Devices, Mounts);
    }

    public LaunchRequest Request { get; }

    public HostFacts Facts { get; }

    public NamespaceLayout Namespaces { get; }

    /// <summary>The mounts in the spec's order.</summary>
    public PlannedMount[] Mounts { get; }

    /// <summary>The default devices and those of linux.devices.</summary>
    public PlannedDevice[] Devices { get; }

    public RuntimeSpec Spec => Request.Spec;

    /// <summary>mknod is refused in every user namespace but the first.</summary>
    public bool CanMakeNodes => !Facts.InUserNamespace && !Namespaces.HasUser;

    /// <summary>How many slots arrive open.</summary>
    public int InheritedSlots { get; private set; }

    public short Root { get; set; } = -1;

    public short Procfs { get; set; } = -1;

    /// <summary>A clone of the host's /dev/null, for masking files.</summary>
    public short NullDevice { get; set; } = -1;

    public short StartSocket { get; set; } = -1;

    /// <summary>The slots of the namespaces joined by path, by index in linux.namespaces.</summary>
    public short[] JoinedNamespaces { get; set; } = [];

    public List<LaunchStep> Steps { get; } = new(128);

    public int SlotCount => _slots;

    public short NewSlot() => checked((short)_slots++);

    /// <summary>From here on slots are init's own; the caller's preserved descriptors are the last to arrive open.</summary>
    public void EndInherited()
    {
        _slots += Request.PreservedDescriptors;
        InheritedSlots = _slots;
    }

    public void Add(LaunchStep step) => Steps.Add(step);
}

using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>The capability a step needs, in the user namespace it is carried out in; null where none.</summary>
internal static class StepCapability
{
    public static Capability? Of(LaunchStep step) => step.Kind switch
    {
        StepKind.HostTree or StepKind.HostOverlay or StepKind.HostDevice or StepKind.CgroupDevices => Capability.CAP_SYS_ADMIN,
        StepKind.Clone when (step.Argument0 & ~(ulong)NamespaceType.User) != 0 && (step.Argument0 & (ulong)NamespaceType.User) == 0 => Capability.CAP_SYS_ADMIN,
        StepKind.NetDevice => Capability.CAP_NET_ADMIN,
        StepKind.HandListener => Capability.CAP_SYS_PTRACE,
        StepKind.UserMapping when step.Argument0 == 0 && step.Argument1 == 0 => Capability.CAP_SETUID,
        StepKind.Join or StepKind.Propagation or StepKind.OpenProcfs or StepKind.NewMount or StepKind.MountAttributes or StepKind.EnterRoot => Capability.CAP_SYS_ADMIN,
        StepKind.Unshare when step.Argument0 != (ulong)NamespaceType.User => Capability.CAP_SYS_ADMIN,
        StepKind.OpenTree when step.Argument0 != 0 => Capability.CAP_SYS_ADMIN,
        StepKind.Attach or StepKind.MaskPath or StepKind.ReadonlyPath or StepKind.Hostname or StepKind.Domainname => Capability.CAP_SYS_ADMIN,
        StepKind.Fork when step.Argument0 != 0 => Capability.CAP_SYS_ADMIN,
        StepKind.MakeNode when (step.Argument0 & DeviceNode.S_IFMT) != DeviceNode.S_IFIFO => Capability.CAP_MKNOD,
        StepKind.CopyUp or StepKind.CgroupOwner => Capability.CAP_CHOWN,
        StepKind.LoopbackUp => Capability.CAP_NET_ADMIN,
        StepKind.TimeOffsets => Capability.CAP_SYS_TIME,
        StepKind.BoundingSet => Capability.CAP_SETPCAP,
        StepKind.Identity => Capability.CAP_SETUID,
        StepKind.Scheduler or StepKind.IoPriority => Capability.CAP_SYS_NICE,
        StepKind.StdioOwner => Capability.CAP_CHOWN,
        _ => null,
    };
}

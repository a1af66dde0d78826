using System.Text;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>The launcher's steps.</summary>
internal static partial class StepCall
{
    private static string OfLauncher(LaunchStep step, LaunchPlan plan) => step.Kind switch
    {
        StepKind.HostTree when !step.Blob.IsEmpty => $"open_tree(openat2({FlagText.Quoted(step.Text0)}, {FlagText.Quoted(Encoding.UTF8.GetString(step.Blob.Span))}, RESOLVE_IN_ROOT), CLONE{(step.Argument0 == 1 ? "|RECURSIVE" : "")}){IdMapped(step)}{Filled(step.A)}",
        StepKind.HostTree => $"open_tree({HostPath(step)}, CLONE{(step.Argument0 == 1 ? "|RECURSIVE" : "")}){IdMapped(step)}{Filled(step.A)}",
        StepKind.HostOverlay => $"fsopen(\"overlay\"), lowerdir={string.Join(':', FlagText.Strings(step.Blob.Span))}{(step.Text0.Length > 0 ? $", upperdir={step.Text0}, workdir={step.Text1}" : "")}{IdMapped(step)}{Filled(step.A)}",
        StepKind.HostNamespace => $"open({FlagText.Quoted(step.Text0)}) of type {FlagText.Namespaces(step.Argument0)}{Filled(step.A)}",
        StepKind.HostStartSocket => $"bind, listen(\"start.sock\"){Filled(step.A)}",
        StepKind.HostDevice => $"open_tree({FlagText.Quoted(step.Text0)}, CLONE), which must be {FlagText.Device(step.Argument0, step.Argument1)}{Filled(step.A)}",
        StepKind.HostProcess => $"pidfd_open(the container's init){Filled(step.A)}",
        StepKind.CgroupCreate => $"mkdir({FlagText.Quoted(step.Text0)}){(step.Text1.Length > 0 ? $", counting {step.Text1}" : "")}",
        StepKind.CgroupWrite => $"write({FlagText.Quoted(step.Text0)}, {FlagText.Quoted(step.Text1)})",
        StepKind.CgroupScope => $"StartTransientUnit({FlagText.Quoted(step.Text1)}, Slice={step.Text2}, Delegate=yes) of systemd{(step.Argument0 == 1 ? " --user" : "")}",
        StepKind.CgroupOwner => $"fchownat(the cgroup and its files of /sys/kernel/cgroup/delegate, {step.Argument0})",
        StepKind.CgroupDevices => $"bpf(PROG_LOAD, CGROUP_DEVICE, {step.Blob.Length / 8} instructions), bpf(PROG_ATTACH)",
        StepKind.ResctrlGroup => $"mkdir({FlagText.Quoted(step.Text0)})",
        StepKind.ResctrlSchemata => $"write({FlagText.Quoted(step.Text0 + "/schemata")}, {FlagText.Quoted(step.Text1)})",
        StepKind.ResctrlTask => $"write({FlagText.Quoted(step.Text0 + "/tasks")}, PID)",
        StepKind.Clone => $"clone3(VM|VFORK|PIDFD{Flags(step.Argument0)}{(step.Text0.Length > 0 ? "|INTO_CGROUP" : "")}), execveat(minirun-init)",
        StepKind.UserMapping => $"{(step.Argument1 == 1 ? "newuidmap, newgidmap" : "write(uid_map, gid_map)")} uid {Mapping(step.Text0)}; gid {Mapping(step.Text1)}{(step.Argument0 == 1 ? "; setgroups denied" : "")}",
        StepKind.Commit => "write the container's state",
        StepKind.NetDevice => $"RTM_NEWLINK({FlagText.Quoted(step.Text0)}, IFLA_NET_NS_FD, IFLA_IFNAME {FlagText.Quoted(step.Text1)}), RTM_NEWADDR, IFF_UP",
        StepKind.HandListener => $"pidfd_getfd(the filter's listener), sendmsg({FlagText.Quoted(step.Text0)}, SCM_RIGHTS)",
        StepKind.RunHook => $"posix_spawn({FlagText.Quoted(step.Text0)})",
        StepKind.ReadBack => ReadBack(plan.Expected),
        _ => step.Kind.ToString(),
    };

    /// <summary>A path of the host as it is opened: links on its way followed, or not.</summary>
    private static string HostPath(LaunchStep step) => step.Argument3 == 1 ? $"openat2({FlagText.Quoted(step.Text0)}, RESOLVE_NO_SYMLINKS)" : FlagText.Quoted(step.Text0);

    private static string IdMapped(LaunchStep step) => (IdMapOrigin)step.Argument1 switch
    {
        IdMapOrigin.None => "",
        IdMapOrigin.Own => $", mount_setattr(IDMAP{Deep(step)}: uid {Mapping(step.Text1)}; gid {Mapping(step.Text2)})",
        IdMapOrigin.JoinedNamespace => $", mount_setattr(IDMAP{Deep(step)}: as {step.Text1})",
        _ when step.Source == "mounts" => $", mount_setattr(IDMAP{Deep(step)}: as the container)",
        _ => ", mount_setattr(IDMAP)",
    };

    private static string Deep(LaunchStep step) => step.Argument2 == 1 ? "|RECURSIVE" : "";

    private static string Flags(ulong namespaces) => namespaces == 0 ? "" : "|" + FlagText.Namespaces(namespaces);

    private static string Mapping(string lines) => lines.TrimEnd('\n').Replace("\n", ", ", StringComparison.Ordinal);

    private static string ReadBack(ProcessExpectation expected) =>
        $"compare /proc/PID/status: Uid {expected.Uid}, Gid {expected.Gid}, Groups {(expected.Groups is null ? "as they are" : $"[{string.Join(' ', expected.Groups)}]")}, "
        + $"CapEff {Set(expected.Effective)}, CapPrm {Set(expected.Permitted)}, CapInh {Set(expected.Inheritable)}, CapAmb {Set(expected.Ambient)}, CapBnd {Set(expected.Bounding)}, "
        + $"NoNewPrivs {(expected.NoNewPrivileges ? 1 : 0)}, Seccomp {(expected.Seccomp ? 2 : 0)}";

    private static string Set(ulong bits) => bits.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Init's steps about mounts, nodes and /proc.</summary>
internal static partial class StepCall
{
    private static string OfMount(LaunchStep step) => step.Kind switch
    {
        StepKind.Propagation => $"mount(\"/\", {FlagText.Propagation(step.Argument0)})",
        StepKind.OpenTree => $"open_tree({HostPath(step)}, {FlagText.OpenTree(step.Argument0)}){Wanted(step)}{Filled(step.A)}",
        StepKind.OpenProcfs => $"fsopen(\"proc\"), fsmount(), attached nowhere{Filled(step.A)}",
        StepKind.NewMount => NewMount(step),
        StepKind.MountAttributes => $"mount_setattr({Named(step)}, {Changes(step)}{(step.Argument3 == 1 ? ", RECURSIVE" : "")})",
        StepKind.EnterRoot => $"move_mount({Slot(step.A)}, \"/\"), pivot_root(\".\", \".\"), umount2(\".\", DETACH)",
        StepKind.CopyUp => $"copy {FlagText.Quoted(step.Text0)} into {Slot(step.B)}",
        StepKind.Attach => $"move_mount({Slot(step.B)}, {FlagText.Quoted(step.Text0)}{Rules((AttachFlags)step.Flags)})",
        StepKind.MakeNode => $"mknod({FlagText.Quoted(step.Text0)}, {FlagText.Octal(step.Argument0 & ~DeviceNode.S_IFMT)}, {FlagText.Device(step.Argument0, step.Argument1)}){Owner(step.Argument2, step.Argument3)}",
        StepKind.MakeSymlink => $"symlink({FlagText.Quoted(step.Text0)} → {FlagText.Quoted(step.Text1)})",
        StepKind.MaskPath => $"move_mount(a copy of {Slot(step.B)} for a file, {Slot(step.C)} for a folder, {FlagText.Quoted(step.Text0)})",
        StepKind.ReadonlyPath => $"open_tree({FlagText.Quoted(step.Text0)}, CLONE), mount_setattr(set RDONLY), move_mount()",
        StepKind.WriteProc => $"write({Slot(step.A)}/{step.Text0}, {FlagText.Quoted(step.Text1)})",
        _ => step.Kind.ToString(),
    };

    private static string NewMount(LaunchStep step)
    {
        string options = step.Blob.IsEmpty ? "" : ", " + List(step.Blob);
        string attributes = FlagText.MountAttributes(step.Argument0);
        string fallback = step.Argument1 == 1 ? $", or else a clone of {FlagText.Quoted(step.Text2)}" : "";
        return $"fsopen({FlagText.Quoted(step.Text0)}{options}), fsmount({attributes}){fallback}{Filled(step.A)}";
    }

    private static string Rules(AttachFlags flags) =>
        ((flags & AttachFlags.NoSymlinks) != 0 ? ", no symlinks" : "") + ((flags & AttachFlags.NoCreate) != 0 ? ", must exist" : "");

    private static string Wanted(LaunchStep step) =>
        (step.Argument1 | step.Argument2) == 0 ? "" : ", which must be " + FlagText.Device(step.Argument1, step.Argument2);

    private static string Changes(LaunchStep step)
    {
        string attributes = FlagText.Attributes(step.Argument0, step.Argument1);
        string propagation = FlagText.Propagation(step.Argument2);
        return attributes + (attributes.Length > 0 && propagation.Length > 0 ? ", " : "") + propagation;
    }

    private static string Owner(ulong uid, ulong gid) => (uid | gid) == 0 ? "" : $", chown({uid}, {gid})";
}

using System.Globalization;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>A step as the kernel call it is, with decoded arguments; "#3" is a slot.</summary>
internal static partial class StepCall
{
    public static string Of(LaunchStep step, LaunchPlan plan) => step.IsLaunchers ? OfLauncher(step, plan) : OfInit(step);

    private static string OfInit(LaunchStep step) => step.Kind switch
    {
        StepKind.Await => Awaited((Await)step.Argument0),
        StepKind.Join => $"setns({Named(step)}, {FlagText.Namespaces(step.Argument0)})",
        StepKind.Unshare => $"unshare({FlagText.Namespaces(step.Argument0)})",
        StepKind.Fork => $"clone3(PARENT|PIDFD{(step.Argument0 == 0 ? "" : "|" + FlagText.Namespaces(step.Argument0))})",
        StepKind.TimeOffsets => $"write(\"/proc/self/timens_offsets\", {FlagText.Quoted(step.Text0)})",
        StepKind.BecomeRoot => "setresgid(0, 0, 0), setresuid(0, 0, 0), ambient and inheritable cleared",
        StepKind.NewSession => "setsid()",
        StepKind.Close => $"close({Slot(step.A)})",
        StepKind.Hostname => $"sethostname({FlagText.Quoted(step.Text0)})",
        StepKind.Domainname => $"setdomainname({FlagText.Quoted(step.Text0)})",
        StepKind.LoopbackUp => "ioctl(SIOCSIFFLAGS, \"lo\", IFF_UP)",
        StepKind.AcceptStart => $"accept({Slot(step.A)})",
        <= StepKind.WriteProc or StepKind.CopyUp => OfMount(step),
        _ => OfProcess(step),
    };

    private static string Awaited(Await what) => what switch
    {
        Await.UserMapping => "wait for the launcher: user mapping",
        Await.Network => "wait for the launcher: network",
        Await.Hooks => "wait for the launcher: hooks",
        Await.Commit => "wait for the launcher: state written",
        _ => "wait for the launcher: state written, start",
    };

    private static string Slot(short slot) => slot < 0 ? "none" : "#" + slot.ToString(CultureInfo.InvariantCulture);

    // A descriptor, with what it was opened from where the step says so.
    private static string Named(LaunchStep step) => step.Text0.Length == 0 ? Slot(step.A) : $"{Slot(step.A)} {FlagText.Quoted(step.Text0)}";

    private static string Filled(short slot) => " → " + Slot(slot);

    private static string List(ReadOnlyMemory<byte> blob) => string.Join(", ", FlagText.Strings(blob.Span));
}

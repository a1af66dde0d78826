using System.Runtime.InteropServices;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Init's steps about the process itself.</summary>
internal static partial class StepCall
{
    private static string OfProcess(LaunchStep step) => step.Kind switch
    {
        StepKind.Rlimit => $"prlimit({ResourceLimits.Name((int)step.Argument0)}, soft {FlagText.Limit(step.Argument1)}, hard {FlagText.Limit(step.Argument2)})",
        StepKind.OpenTerminal => $"open(\"/dev/pts/ptmx\"){(step.Argument3 == 1 ? ", bound to /dev/console" : "")}, controlling terminal{Size(step)}",
        StepKind.Keyring => $"keyctl(JOIN_SESSION_KEYRING, {FlagText.Quoted(step.Text0)})",
        StepKind.WorkingDirectory => $"{(step.Argument0 == 1 ? "mkdir if missing, " : "")}chdir({FlagText.Quoted(step.Text0)})",
        StepKind.FindProgram => $"find {FlagText.Quoted(step.Text0)}{(step.Text0.Contains('/', StringComparison.Ordinal) ? "" : $" in PATH {FlagText.Quoted(step.Text1)}")}",
        StepKind.BoundingSet => $"prctl(CAPBSET_DROP), keep {FlagText.Capabilities(step.Argument0)}",
        StepKind.Umask => $"umask({FlagText.Octal(step.Argument0)})",
        StepKind.Identity => Identity(step),
        StepKind.Capabilities => Sets(step),
        StepKind.NoNewPrivileges => "prctl(PR_SET_NO_NEW_PRIVS, 1)",
        StepKind.CheckRoot => $"statvfs(\"/\") must show {FlagText.Statvfs(step.Argument0)}",
        StepKind.Seccomp => $"seccomp(SET_MODE_FILTER, {FlagText.Seccomp(step.Argument0)})",
        StepKind.Verify => "write(gate), blocked until the launcher has compared",
        StepKind.StdioOwner => $"fchown(0, 1, 2, uid {step.Argument0})",
        StepKind.Scheduler => $"sched_setattr(policy {step.Blob.Span[4]})",
        StepKind.IoPriority => $"ioprio_set(PROCESS, class {step.Argument0 >> 13}, priority {step.Argument0 & 7})",
        StepKind.Personality => $"personality({step.Argument0})",
        StepKind.MemoryPolicy => $"set_mempolicy({step.Argument0}, {step.Blob.Length * 8} bits)",
        StepKind.Affinity => $"sched_setaffinity({step.Text0})",
        StepKind.Hook => $"fork, {Execute(step)}{(step.Argument2 == 0 ? "" : $", at most {step.Argument2} s")}",
        StepKind.Execute => Execute(step),
        _ => step.Kind.ToString(),
    };

    private static string Size(LaunchStep step) => (step.Argument0 | step.Argument1) == 0 ? "" : $", {step.Argument0} rows of {step.Argument1}";

    private static string Identity(LaunchStep step)
    {
        string ids = $"setresgid({step.Argument1}), setresuid({step.Argument0})";
        return ((IdentityFlags)step.Flags & IdentityFlags.KeepGroups) != 0
            ? ids + ", groups as they are"
            : $"setgroups([{string.Join(' ', MemoryMarshal.Cast<byte, uint>(step.Blob.Span).ToArray())}]), {ids}";
    }

    private static string Sets(LaunchStep step)
    {
        string effective = FlagText.Capabilities(step.Argument0);
        string permitted = step.Argument1 == step.Argument0 ? "the same" : FlagText.Capabilities(step.Argument1);
        return $"capset(effective {effective}; permitted {permitted}; inheritable {FlagText.Capabilities(step.Argument2)}; ambient {FlagText.Capabilities(step.Argument3)})";
    }

    private static string Execute(LaunchStep step)
    {
        List<string> texts = FlagText.Strings(step.Blob.Span);
        IEnumerable<string> arguments = texts.Take((int)step.Argument0).Select(FlagText.Quoted);
        bool stays = step.Kind == StepKind.Execute && step.Argument2 == 1;
        return $"{(stays ? "fork, " : "")}execve([{string.Join(", ", arguments)}], {step.Argument1} variables){(stays ? ", stay and reap" : "")}";
    }
}

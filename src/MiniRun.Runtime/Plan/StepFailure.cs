using MiniRun.Linux.Interop;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan;

/// <summary>Says what a step's failure means: the call, its object, the reason, what to do, and which part of the spec asked for it.</summary>
public static class StepFailure
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;
    private const int Failed = 125;

    /// <summary>Describes a failure as init reported it.</summary>
    /// <param name="plan">The plan, or null where it is no longer known (a container that was only created).</param>
    /// <param name="stepIndex">The step's index in the plan, or -1.</param>
    /// <param name="errno">The positive error number.</param>
    /// <param name="cause">What errno alone does not say.</param>
    /// <param name="detail">"call\0object", as init wrote it.</param>
    /// <param name="value">The message's value: ELF's e_machine for another architecture's program.</param>
    /// <param name="askedBy">The option of the command line behind a step; without it the spec's part is named.</param>
    public static StepFailureReport Describe(LaunchPlan? plan, int stepIndex, int errno, Cause cause, string detail, uint value = 0, Func<LaunchStep, string?>? askedBy = null)
    {
        int separator = detail.IndexOf('\0', StringComparison.Ordinal);
        string call = separator < 0 ? detail : detail[..separator];
        string item = separator < 0 ? "" : detail[(separator + 1)..].TrimEnd('\0');
        LaunchStep? step = plan is null || stepIndex < 0 || stepIndex >= plan.Steps.Count ? null : plan.Steps[stepIndex];
        string program = Program(plan) ?? item;
        return cause switch
        {
            Cause.ProgramMissing => new($"exec: \"{program}\": {Missing(program)}", NotFound),
            Cause.ProgramNotExecutable => new($"exec: \"{program}\": permission denied: make the file executable (chmod +x), and see that its folder may be searched and its mount is not noexec", NotExecutable),
            Cause.ProgramIsDirectory => new($"exec: \"{program}\": is a directory: permission denied: name a program", NotExecutable),
            Cause.InterpreterMissing => new($"exec: \"{program}\": its interpreter '{item}' is missing: no such file or directory: install it in the image, or correct the file's first line", NotFound),
            Cause.LoaderMissing => new($"exec: \"{program}\": its loader '{item}' is missing: no such file or directory: the image lacks the C library the program was linked for", NotFound),
            Cause.WrongArchitecture => new($"exec: \"{program}\": exec format error: built for {MachineName(value)}, not for this machine's processor: use an image for it, or register an emulator (binfmt_misc)", NotExecutable),
            Cause.NotAProgram => new($"exec: \"{program}\": exec format error: neither an ELF program nor a script beginning with #!", NotExecutable),
            Cause.BadPlan => new($"minirun-init: refused the plan ({item}): launcher and init are not of one build; install them together", Failed),
            Cause.SymlinkRefused => new(Located($"mount of '{item}': a symbolic link stands in the image where the kernel's file system belongs (CVE-2019-19921): remove it from the image", step, askedBy), Failed),
            Cause.NotProcfs => new(Located($"{call} '{item}': what is mounted there is not procfs, so nothing is written to it: see what covers /proc", step, askedBy), Failed),
            Cause.WrongNode => new(Located($"'{item}': something else than the device stands there: remove it, or mount a tmpfs on /dev", step, askedBy), Failed),
            Cause.OutsideRoot => new(Located($"{call} '{item}': the working directory is outside the container's root (CVE-2024-21626): give a path inside", step, askedBy), Failed),
            Cause.HookFailed => new(Located(HookText.Failed("hook", item, (int)value, call), step, askedBy), Failed),
            Cause.HookTimeout => new(Located(HookText.TimedOut("hook", item, (int)value, call), step, askedBy), Failed),
            Cause.RootFlags => new(Located($"'/': the kernel does not show a mount flag that was asked for, so the program was not started", step, askedBy), Failed),
            _ => new(Located(Line(call, item, (Errno)errno, step), step, askedBy), ExitCodeOf(step, (Errno)errno)),
        };
    }

    /// <summary>docker's words: a bare name was looked for in PATH, a path was not.</summary>
    private static string Missing(string program) => program.Contains('/', StringComparison.Ordinal)
        ? "no such file or directory: the image has no such program"
        : "executable file not found in $PATH: install it in the image, or give its path";

    private static string Line(string call, string item, Errno errno, LaunchStep? step)
    {
        string line = SyscallException.Line(call.Length == 0 ? "minirun-init" : call, item, errno);
        return StepRemedies.For(step, errno) is { } remedy ? $"{line}: {remedy}" : line;
    }

    private static string Located(string message, LaunchStep? step, Func<LaunchStep, string?>? askedBy) =>
        step is null || step.Source.Length == 0 ? message : $"{message} (asked for by {askedBy?.Invoke(step) ?? StepSource.Of(step)})";

    private static int ExitCodeOf(LaunchStep? step, Errno errno) => step?.Kind switch
    {
        StepKind.Execute or StepKind.FindProgram => errno is Errno.ENOENT or Errno.ENOTDIR ? NotFound : NotExecutable,
        StepKind.WorkingDirectory when errno == Errno.EACCES => NotExecutable,
        _ => Failed,
    };

    private static string? Program(LaunchPlan? plan)
    {
        for (int i = 0; plan is not null && i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i].Kind == StepKind.FindProgram)
            {
                return plan.Steps[i].Text0;
            }
        }

        return null;
    }

    /// <summary>ELF's e_machine in words.</summary>
    private static string MachineName(uint machine) => machine switch
    {
        3 => "i386",
        40 => "32-bit ARM",
        62 => "x86_64",
        183 => "aarch64",
        21 => "ppc64le",
        22 => "s390x",
        243 => "riscv64",
        _ => "another processor",
    };
}

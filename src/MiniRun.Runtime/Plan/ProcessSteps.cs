using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The process itself: what it inherits, where it starts, and the program.</summary>
internal static class ProcessSteps
{
    private const uint UsualUmask = 0x12; // 022

    public static void NewSession(List<LaunchStep> steps) => steps.Add(new LaunchStep(StepKind.NewSession) { Source = "" });

    /// <summary>Limits are raised, the keyring left and the streams given away while init is still root.</summary>
    public static void Surroundings(List<LaunchStep> steps, ProcessContext context)
    {
        RlimitSteps.Add(steps, context.Process);
        SchedulingSteps.OfProcess(steps, context.Process);
        SchedulingSteps.OfContainer(steps, context.Personality, context.MemoryPolicy);
        if (context.NewKeyring)
        {
            steps.Add(new LaunchStep(StepKind.Keyring) { Text0 = "_ses." + context.Id.Value, Source = "" });
        }

        // As root without a user namespace of its own, the process could open the caller's streams anyway.
        if (!context.Process.Terminal && (context.Process.User.Uid != 0 || context.HasUserNamespace))
        {
            steps.Add(new LaunchStep(StepKind.StdioOwner) { Argument0 = context.Process.User.Uid, Source = "process.user.uid" });
        }
    }

    /// <summary>Before the gate, so that `create` already reports a missing folder or program.</summary>
    public static void Program(List<LaunchStep> steps, short root, ProcessContext context, bool makeFolder)
    {
        ProcessSpec process = context.Process;
        steps.Add(new LaunchStep(StepKind.WorkingDirectory)
        {
            A = root,
            Text0 = process.Cwd,
            Argument0 = makeFolder ? 1ul : 0,
            Argument1 = process.User.Uid,
            Argument2 = process.User.Gid,
            Source = "process.cwd",
        });
        steps.Add(new LaunchStep(StepKind.FindProgram)
        {
            Text0 = process.Args[0],
            Text1 = PathOf(process.Env),
            Source = "process.args",
        });
    }

    /// <summary>From the gate to the program.</summary>
    public static void Start(List<LaunchStep> steps, ProcessContext context, CapabilitySets sets)
    {
        steps.Add(new LaunchStep(StepKind.Umask) { Argument0 = context.Process.User.Umask ?? UsualUmask, Source = "process.user.umask" });
        bool late = context.Process.NoNewPrivileges;
        if (!late)
        {
            SeccompSteps.Add(steps, context.Seccomp); // precedes the identity: loading a filter without no_new_privs needs CAP_SYS_ADMIN
        }

        CapabilitySteps.Bounding(steps, sets); // precedes the identity: dropping needs CAP_SETPCAP
        IdentitySteps.Add(steps, context); // precedes the capabilities: changing ids needs CAP_SETUID and clears others
        CapabilitySteps.Add(steps, sets);
        if (late)
        {
            steps.Add(new LaunchStep(StepKind.NoNewPrivileges) { Source = "process.noNewPrivileges" }); // precedes seccomp: it is what allows the filter
            SeccompSteps.Add(steps, context.Seccomp); // last: the filter need not allow the calls above
        }

        steps.Add(new LaunchStep(StepKind.Verify) { Source = "" });
        steps.Add(new LaunchStep(StepKind.ReadBack) { Source = "" });
        steps.AddRange(context.StartHooks);
        steps.Add(new LaunchStep(StepKind.Execute)
        {
            Blob = ContainerPath.Terminated(context.Process.Args, context.Process.Env),
            Argument0 = (ulong)context.Process.Args.Count,
            Argument1 = (ulong)context.Process.Env.Count,
            Argument2 = context.Init ? 1ul : 0,
            Source = "process.args",
        });
    }

    /// <summary>What the kernel must say of the process in the end.</summary>
    public static ProcessExpectation Expectation(ProcessContext context, CapabilitySets sets) => new()
    {
        Uid = context.Process.User.Uid,
        Gid = context.Process.User.Gid,
        Groups = context.SetgroupsDenied ? null : context.Process.User.AdditionalGids,
        Effective = sets.Effective.Bits,
        Permitted = sets.Permitted.Bits,
        Inheritable = sets.Inheritable.Bits,
        Ambient = sets.Ambient.Bits,
        Bounding = sets.Bounding.Bits,
        NoNewPrivileges = context.Process.NoNewPrivileges,
        Seccomp = context.Seccomp is not null,
        SelinuxLabel = context.Process.SelinuxLabel ?? "",
        SeccompListener = context.Seccomp is not null && context.Seccomp.Notifies(),
    };

    /// <summary>The last PATH counts, as for execvp's callers.</summary>
    private static string PathOf(IReadOnlyList<string> environment)
    {
        for (int i = environment.Count - 1; i >= 0; i--)
        {
            if (environment[i].StartsWith("PATH=", StringComparison.Ordinal))
            {
                return environment[i][5..];
            }
        }

        return "";
    }
}

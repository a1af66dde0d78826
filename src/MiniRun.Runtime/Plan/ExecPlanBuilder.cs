using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The plan of a process that joins a running container. Pure, as <see cref="LaunchPlanBuilder"/>.</summary>
public static class ExecPlanBuilder
{
    private const short Process = 0;

    /// <summary>Builds the plan of `exec`.</summary>
    /// <exception cref="MiniRunException">Something was asked for that this host or this build cannot do.</exception>
    public static LaunchPlan Build(ExecRequest request, HostFacts facts)
    {
        ProcessContext context = ContextOf(request, facts);
        CapabilitySets sets = CapabilitySets.Of(context.Process.Capabilities, context.Available);
        short inherited = checked((short)(Process + 1 + request.PreservedDescriptors));
        short root = inherited;
        bool writesProc = ProcfsSteps.AreNeeded(context.Process);
        short procfs = writesProc ? (short)(root + 1) : (short)-1;
        List<LaunchStep> steps = new(32)
        {
            new LaunchStep(StepKind.HostProcess) { A = Process, Source = "" },
            new LaunchStep(StepKind.Clone) { Text0 = request.CgroupPath ?? "", Source = "" }, // no namespaces: all are the container's
        };
        ResctrlSteps.Join(steps, request.ResctrlGroups);
        ProcfsSteps.BeforeJoining(steps, procfs, context.Process, facts.Modules);
        Enter(steps, request.Namespaces);
        ProcessSteps.NewSession(steps);
        steps.Add(new LaunchStep(StepKind.OpenTree) { A = root, Text0 = "/", Source = "" }); // follows the join: "/" is the container's by now
        TerminalSteps.Open(steps, root, context.Process, context.TerminalSize, asConsole: false);
        ProcessSteps.Surroundings(steps, context);
        SchedulingSteps.OfExec(steps, context.Process.ExecCpuAffinity);
        ProcessSteps.Program(steps, root, context, makeFolder: false);
        steps.Add(new LaunchStep(StepKind.Await) { Argument0 = (ulong)Await.Start, Source = "" });
        steps.Add(new LaunchStep(StepKind.Commit) { Source = "" });
        ProcessSteps.Start(steps, context, sets);
        return new LaunchPlan
        {
            Steps = steps,
            SlotCount = writesProc ? procfs + 1 : root + 1,
            InheritedSlots = inherited,
            PreservedDescriptors = request.PreservedDescriptors,
            Expected = ProcessSteps.Expectation(context, sets),
        };
    }

    /// <summary>All namespaces at once by the container's pidfd: it cannot become another container halfway.</summary>
    private static void Enter(List<LaunchStep> steps, ulong namespaces)
    {
        const ulong ChildrenOnly = (ulong)(NamespaceType.Pid | NamespaceType.Time);
        steps.Add(new LaunchStep(StepKind.Join) { A = Process, Argument0 = namespaces, Source = "" });
        if ((namespaces & (ulong)NamespaceType.User) != 0)
        {
            steps.Add(new LaunchStep(StepKind.BecomeRoot) { Source = "" });
        }

        steps.Add(new LaunchStep(StepKind.Close) { A = Process, Source = "" });
        if ((namespaces & ChildrenOnly) != 0)
        {
            steps.Add(new LaunchStep(StepKind.Fork) { Source = "" });
        }
    }

    private static ProcessContext ContextOf(ExecRequest request, HostFacts facts)
    {
        bool user = (request.Namespaces & (ulong)NamespaceType.User) != 0;
        return new ProcessContext
        {
            Id = request.Id,
            Process = request.Process,
            Seccomp = request.Seccomp,
            Available = user ? CapabilitySet.All : facts.Bounding,
            SetgroupsDenied = request.SetgroupsDenied,
            HasUserNamespace = user,
            NewKeyring = request.NewKeyring,
            Init = request.Init,
            TerminalSize = request.TerminalSize,
            Personality = request.Personality,
            MemoryPolicy = request.MemoryPolicy,
        };
    }
}

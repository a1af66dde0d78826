using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>
/// (request, host facts) → plan. Pure: no kernel call, no clock, no environment, so a plan can be printed, compared and tested
/// anywhere. What follows is the order of a launch; each "precedes" and "follows" has its reason.
/// </summary>
public static class LaunchPlanBuilder
{
    /// <summary>Builds the plan of a container.</summary>
    /// <exception cref="MiniRunException">Something was asked for that this host or this build cannot do.</exception>
    public static LaunchPlan Build(LaunchRequest request, HostFacts facts)
    {
        PlanDraft draft = new(request, facts);
        ProcessContext context = ContextOf(draft);
        CapabilitySets sets = CapabilitySets.Of(context.Process.Capabilities, context.Available);

        Outside(draft);
        InSightOfTheHost(draft, context);
        Inside(draft, context);
        ProcessSteps.Surroundings(draft.Steps, context);
        ProcessSteps.Program(draft.Steps, draft.Root, context, makeFolder: true);
        GateSteps.Wait(draft); // follows all that can fail on the host's or the image's account
        ProcessSteps.Start(draft.Steps, context, sets);
        return PlanOf(draft, ProcessSteps.Expectation(context, sets));
    }

    /// <summary>The launcher. What it opens precedes init, which can neither see nor reach most of it.</summary>
    private static void Outside(PlanDraft draft)
    {
        RootSteps.FromHost(draft);
        MountSteps.FromHost(draft);
        DeviceSteps.FromHost(draft);
        NamespaceSteps.FromHost(draft);
        GateSteps.FromHost(draft);
        draft.EndInherited();
        CgroupSteps.Add(draft); // precedes clone3, which starts init inside the cgroup: nothing ever runs unlimited
        ResctrlSteps.Make(draft);
        NamespaceSteps.Clone(draft);
        ResctrlSteps.Join(draft);
    }

    /// <summary>Init, with the host's root still visible.</summary>
    private static void InSightOfTheHost(PlanDraft draft, ProcessContext context)
    {
        ProcfsSteps.OomScoreBeforeUser(draft, context.Process); // precedes a user namespace entered by init
        NamespaceSteps.Enter(draft); // precedes all that belongs to the namespaces
        ProcessSteps.NewSession(draft.Steps);
        RootSteps.Propagation(draft); // precedes every mount, which would otherwise appear on the host
        RootSteps.FromInside(draft);
        MountSteps.FromInside(draft); // precedes EnterRoot: host paths end there, and the kernel wants to see a full /proc and /sys
        DeviceSteps.FromInside(draft);
        ProcfsSteps.Open(draft, context.Process); // precedes EnterRoot, as above
        if (HookSteps.SeeTheContainer(draft))
        {
            RootSteps.Place(draft);
            Furnish(draft);
        }

        HookSteps.Create(draft); // precedes EnterRoot: their programs are the host's
    }

    /// <summary>Init, with nothing of the host in reach.</summary>
    private static void Inside(PlanDraft draft, ProcessContext context)
    {
        if (HookSteps.SeeTheContainer(draft))
        {
            RootSteps.EnterPlaced(draft);
        }
        else
        {
            RootSteps.Enter(draft);
            Furnish(draft);
        }

        TerminalSteps.Open(draft.Steps, draft.Root, context.Process, context.TerminalSize, asConsole: true); // follows devpts
        NetworkSteps.Add(draft);
        HostnameSteps.Add(draft);
        ProcfsSteps.Sysctls(draft); // precedes the read-only paths of /proc/sys
        LabelSteps.Add(draft.Steps, draft.Procfs, context.Process, draft.Facts.Modules); // follows the createContainer hooks, which would inherit it
        ProtectedPathSteps.Add(draft); // follows all mounts, which could cover or bring such a path
        RootSteps.Finish(draft); // follows all that makes mount points
    }

    private static void Furnish(PlanDraft draft)
    {
        MountSteps.Attach(draft);
        DeviceSteps.Make(draft); // follows the mounts: /dev is usually one of them
    }

    private static ProcessContext ContextOf(PlanDraft draft)
    {
        ProcessSpec process = draft.Spec.Process ?? throw new MiniRunException("process: required, but missing: a container without a program cannot start");
        return new ProcessContext
        {
            Id = draft.Request.Id,
            Process = process,
            Seccomp = draft.Spec.Linux.Seccomp,

            // A user namespace starts with every capability over what it owns, whatever the launcher has.
            Available = draft.Namespaces.HasUser ? CapabilitySet.All : draft.Facts.Bounding,
            SetgroupsDenied = UserMappingRule.DeniesSetgroups(draft),
            HasUserNamespace = draft.Namespaces.HasUser,
            NewKeyring = draft.Request.NewKeyring,
            Init = draft.Request.Init,
            TerminalSize = draft.Request.TerminalSize,
            Personality = draft.Spec.Linux.Personality,
            MemoryPolicy = draft.Spec.Linux.MemoryPolicy,
            StartHooks = HookSteps.Start(draft),
        };
    }

    private static LaunchPlan PlanOf(PlanDraft draft, ProcessExpectation expected) => new()
    {
        Steps = draft.Steps,
        SlotCount = draft.SlotCount,
        InheritedSlots = draft.InheritedSlots,
        PreservedDescriptors = draft.Request.PreservedDescriptors,
        UidMappings = draft.Namespaces.UserIsNew ? draft.Spec.Linux.UidMappings : [],
        GidMappings = draft.Namespaces.UserIsNew ? draft.Spec.Linux.GidMappings : [],
        Expected = expected,
    };
}

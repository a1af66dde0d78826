using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>What must hold of every plan.</summary>
public class PlanPropertyTests
{
    private static readonly StepKind[] s_filling =
    [
        StepKind.HostTree, StepKind.HostOverlay, StepKind.HostNamespace, StepKind.HostStartSocket, StepKind.HostDevice, StepKind.HostProcess,
        StepKind.OpenTree, StepKind.OpenProcfs, StepKind.NewMount,
    ];

    public static TheoryData<string> Names => [.. GoldenConfigurations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_slot_is_filled_once_and_before_it_is_used(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        HashSet<int> filled = [];
        foreach (LaunchStep step in plan.Steps)
        {
            if (s_filling.Contains(step.Kind))
            {
                Assert.True(filled.Add(step.A), $"slot {step.A} is filled twice");
                continue;
            }

            foreach (short slot in new[] { step.A, step.B, step.C })
            {
                Assert.True(slot < 0 || filled.Contains(slot), $"{step.Kind} uses slot {slot} before it is filled");
            }
        }

        Assert.Equal(plan.SlotCount - plan.PreservedDescriptors, filled.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_launchers_slots_are_the_first_in_the_order_of_its_steps(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        int[] slots = [.. plan.Steps.Where(step => step.Kind is >= StepKind.HostTree and <= StepKind.HostProcess).Select(step => (int)step.A)];

        Assert.Equal(Enumerable.Range(0, plan.InheritedSlots - plan.PreservedDescriptors), slots);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_launcher_is_done_outside_before_init_begins(string name)
    {
        List<StepKind> kinds = Kinds(GoldenConfigurations.All[name]());
        int clone = kinds.IndexOf(StepKind.Clone);

        Assert.All(kinds.Take(clone), kind => Assert.True(kind >= StepKind.HostTree));
        Assert.All(kinds.Skip(clone + 1).Where(kind => kind >= StepKind.HostTree), kind => Assert.Contains(kind, new[] { StepKind.ResctrlTask, StepKind.UserMapping, StepKind.NetDevice, StepKind.RunHook, StepKind.Commit, StepKind.HandListener, StepKind.ReadBack }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_runs_between_seccomp_and_the_program_but_identity_capabilities_and_the_read_back(string name)
    {
        List<StepKind> kinds = Kinds(GoldenConfigurations.All[name]());
        int seccomp = kinds.IndexOf(StepKind.Seccomp);
        if (seccomp < 0)
        {
            return;
        }

        // The launcher's taking of the listener is no call of the process's.
        kinds.Remove(StepKind.HandListener);
        StepKind[] allowed = kinds.Contains(StepKind.NoNewPrivileges)
            ? [StepKind.Verify, StepKind.ReadBack, StepKind.Execute]
            : [StepKind.BoundingSet, StepKind.Identity, StepKind.Capabilities, StepKind.Verify, StepKind.ReadBack, StepKind.Execute];
        Assert.Equal(allowed, kinds.Skip(seccomp + 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_attached_before_the_root_is_entered_or_placed_for_hooks_and_nothing_of_the_host_is_opened_after(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        List<StepKind> kinds = Kinds(plan);
        int enter = kinds.IndexOf(StepKind.EnterRoot);
        if (enter < 0)
        {
            Assert.Contains(StepKind.HostProcess, kinds);
            return;
        }

        StepKind[] inside = [StepKind.Attach, StepKind.MakeNode, StepKind.MakeSymlink, StepKind.MaskPath, StepKind.ReadonlyPath, StepKind.OpenTerminal, StepKind.WorkingDirectory];
        int place = plan.Steps.ToList().FindIndex(step => step.Kind == StepKind.Attach && step.Source == "hooks");
        Assert.DoesNotContain(kinds.Take(place < 0 ? enter : place), kind => inside.Contains(kind));
        Assert.All(plan.Steps.Take(enter).Skip(place + 1).Where(step => inside.Contains(step.Kind)), step => Assert.Equal(plan.Steps[enter].A, step.A));
        Assert.DoesNotContain(kinds.Skip(enter), kind => kind is StepKind.OpenTree or StepKind.OpenProcfs or StepKind.Join or StepKind.Unshare);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_root_is_cut_off_its_peers_before_anything_is_mounted_on_it(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        List<StepKind> kinds = Kinds(plan);
        int enter = kinds.IndexOf(StepKind.EnterRoot);
        if (enter < 0)
        {
            return;
        }

        int use = plan.Steps.ToList().FindIndex(step => step.Kind == StepKind.EnterRoot || (step.Kind == StepKind.Attach && step.B == plan.Steps[enter].A));
        LaunchStep before = plan.Steps.Take(use).Last(step => step.Kind != StepKind.OpenTree);
        Assert.Equal(StepKind.MountAttributes, before.Kind);
        Assert.Equal(plan.Steps[enter].A, before.A);
        Assert.NotEqual(0ul, before.Argument2);
        Assert.Equal(1ul, before.Argument3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clone_of_a_host_mount_is_cut_off_its_peers_before_it_is_attached(string name)
    {
        List<LaunchStep> steps = [.. GoldenConfigurations.All[name]().Steps];
        foreach (LaunchStep clone in steps.Where(step => step.Kind is StepKind.HostTree or StepKind.HostDevice || (step.Kind == StepKind.OpenTree && step.Argument0 != 0)))
        {
            int use = steps.FindIndex(step => step.Kind is StepKind.Attach or StepKind.MaskPath && step.B == clone.A || (step.Kind == StepKind.EnterRoot && step.A == clone.A));
            int cut = steps.FindIndex(step => step.Kind == StepKind.MountAttributes && step.A == clone.A && step.Argument2 != 0);
            Assert.InRange(cut, 0, use);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_program_starts_last_after_the_launcher_has_read_back(string name)
    {
        List<StepKind> kinds = Kinds(GoldenConfigurations.All[name]());

        // startContainer hooks are let go by the read-back too: they run with the program's rights.
        kinds.RemoveAll(kind => kind == StepKind.Hook);
        Assert.Equal([StepKind.Verify, StepKind.ReadBack, StepKind.Execute], kinds.TakeLast(3));
        Assert.Single(kinds, StepKind.Execute);
        Assert.True(kinds.IndexOf(StepKind.FindProgram) < kinds.IndexOf(StepKind.Commit));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_says_why_it_is_there(string name) =>
        Assert.All(GoldenConfigurations.All[name]().Steps, step => Assert.NotEmpty(StepDescriptions.Why(step)));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_read_back_is_what_the_steps_set(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        LaunchStep sets = plan.Steps.Single(step => step.Kind == StepKind.Capabilities);
        LaunchStep identity = plan.Steps.Single(step => step.Kind == StepKind.Identity);

        Assert.Equal([sets.Argument0, sets.Argument1, sets.Argument2, sets.Argument3], [plan.Expected.Effective, plan.Expected.Permitted, plan.Expected.Inheritable, plan.Expected.Ambient]);
        Assert.Equal(plan.Steps.Single(step => step.Kind == StepKind.BoundingSet).Argument0, plan.Expected.Bounding);
        Assert.Equal((identity.Argument0, identity.Argument1), ((ulong)plan.Expected.Uid, (ulong)plan.Expected.Gid));
        Assert.Equal(identity.Flags == 0, plan.Expected.Groups is not null);
        Assert.Equal(plan.Steps.Any(step => step.Kind == StepKind.Seccomp), plan.Expected.Seccomp);
        Assert.Equal(plan.Steps.Any(step => step.Kind == StepKind.NoNewPrivileges), plan.Expected.NoNewPrivileges);
    }

    private static List<StepKind> Kinds(LaunchPlan plan) => [.. plan.Steps.Select(step => step.Kind)];
}

using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The hooks of a launch, in the order of runtime-spec runtime.md#lifecycle. poststart and poststop are no part of it: they run once it is over.</summary>
internal static class HookSteps
{
    /// <summary>Whether there are hooks that find the container complete, but for the change of its root (config.md#posix-platform-hooks).</summary>
    public static bool SeeTheContainer(PlanDraft draft) =>
        draft.Spec.Hooks.Prestart.Count + draft.Spec.Hooks.CreateRuntime.Count + draft.Spec.Hooks.CreateContainer.Count > 0;

    /// <summary>With the namespaces made and the host's root still visible: prestart and createRuntime by the launcher, then createContainer by init, whose path is the host's too.</summary>
    public static void Create(PlanDraft draft)
    {
        HooksSpec hooks = draft.Spec.Hooks;
        if (!hooks.Any)
        {
            return;
        }

        draft.Add(new LaunchStep(StepKind.Await) { Argument0 = (ulong)Await.Hooks, Source = "hooks" });
        AddRuns(draft, "hooks.prestart", hooks.Prestart);
        AddRuns(draft, "hooks.createRuntime", hooks.CreateRuntime);
        OciState state = StateOf(draft, "creating");
        for (int i = 0; i < hooks.CreateContainer.Count; i++)
        {
            draft.Add(Inside(hooks.CreateContainer[i], "hooks.createContainer", i, state));
        }
    }

    /// <summary>With everything in force and read back: startContainer hooks are the image's programs, so they get no more than its program.</summary>
    public static LaunchStep[] Start(PlanDraft draft)
    {
        IReadOnlyList<HookSpec> hooks = draft.Spec.Hooks.StartContainer;
        if (hooks.Count == 0)
        {
            return [];
        }

        OciState state = StateOf(draft, "created");
        LaunchStep[] steps = new LaunchStep[hooks.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = Inside(hooks[i], "hooks.startContainer", i, state);
        }

        return steps;
    }

    private static void AddRuns(PlanDraft draft, string kind, IReadOnlyList<HookSpec> hooks)
    {
        for (int i = 0; i < hooks.Count; i++)
        {
            draft.Add(new LaunchStep(StepKind.RunHook) { Text0 = hooks[i].Path, Source = kind, SourceIndex = i });
        }
    }

    private static LaunchStep Inside(HookSpec hook, string kind, int index, OciState state)
    {
        IReadOnlyList<string> arguments = hook.Args.Count > 0 ? hook.Args : [hook.Path];
        return new LaunchStep(StepKind.Hook)
        {
            Text0 = hook.Path,
            Text1 = state.BeforePid,
            Text2 = state.AfterPid,
            Blob = ContainerPath.Terminated(arguments, hook.Env),
            Argument0 = (ulong)arguments.Count,
            Argument1 = (ulong)hook.Env.Count,
            Argument2 = (ulong)(hook.Timeout ?? 0),
            Source = kind,
            SourceIndex = index,
        };
    }

    private static OciState StateOf(PlanDraft draft, string status) =>
        OciState.Of(draft.Spec.OciVersion, draft.Request.Id, status, draft.Request.Bundle, draft.Spec.Annotations);
}

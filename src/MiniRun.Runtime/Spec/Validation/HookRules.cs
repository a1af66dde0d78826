namespace MiniRun.Runtime.Spec.Validation;

/// <summary>hooks. Source: config.md#posix-platform-hooks.</summary>
internal static class HookRules
{
    public static void Check(HooksSpec hooks, SpecProblems problems)
    {
        CheckKind("hooks.prestart", hooks.Prestart, problems);
        CheckKind("hooks.createRuntime", hooks.CreateRuntime, problems);
        CheckKind("hooks.createContainer", hooks.CreateContainer, problems);
        CheckKind("hooks.startContainer", hooks.StartContainer, problems);
        CheckKind("hooks.poststart", hooks.Poststart, problems);
        CheckKind("hooks.poststop", hooks.Poststop, problems);
    }

    private static void CheckKind(string path, IReadOnlyList<HookSpec> hooks, SpecProblems problems)
    {
        for (int i = 0; i < hooks.Count; i++)
        {
            if (PathText.ProblemOfAbsolute(hooks[i].Path) is { } wrong)
            {
                problems.Add($"{path}[{i}].path", wrong);
            }

            if (hooks[i].Timeout <= 0)
            {
                problems.Add($"{path}[{i}].timeout", "must be more than 0 seconds");
            }
        }
    }
}

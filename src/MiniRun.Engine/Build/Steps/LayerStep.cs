using MiniRun.Engine.Build.Stages;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Carries out a step that changes files, unless an earlier build has done the same.</summary>
internal static class LayerStep
{
    /// <param name="key">Names all that the step's outcome depends on.</param>
    /// <param name="history">The instruction as the image's history shows it.</param>
    /// <param name="change">Makes the changes in the step's root.</param>
    internal static StepResult Do(BuildSession session, StageState state, StepKey key, string history, Action<StepRoot> change)
    {
        if (!session.Request.NoCache && session.Cache.Find(key) is { } cached)
        {
            return new StepResult(state.With(cached.Layer, history, key, cached.Created), BuildStepOutcome.Cached);
        }

        StepRoot root = StepRoot.Make(session.NewPath(), session.FoldersOf(state.Layers));
        change(root);
        session.Cancellation.ThrowIfCancellationRequested();
        var made = new CachedStep(new LayerCommit(session).Commit(root), session.Now());
        session.Cache.Add(key, made);
        root.Remove();
        return new StepResult(state.With(made.Layer, history, key, made.Created), BuildStepOutcome.Done);
    }
}

using MiniRun.Engine.Build.Stages;

namespace MiniRun.Engine.Build.Steps;

/// <summary>A stage after a step, and how it got there.</summary>
internal readonly record struct StepResult(StageState State, BuildStepOutcome Outcome);

using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Steps;

/// <summary>What the instructions of one stage are carried out with.</summary>
/// <param name="Source">The text they stand in, for errors: the Dockerfile, or an image's trigger.</param>
/// <param name="Scope">The stage's arguments.</param>
internal sealed record StepInputs(BuildSession Session, SourceText Source, StageScope Scope);

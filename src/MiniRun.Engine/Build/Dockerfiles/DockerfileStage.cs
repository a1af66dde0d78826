using MiniRun.Engine.Build.Dockerfiles.Instructions;

namespace MiniRun.Engine.Build.Dockerfiles;

/// <summary>One FROM and what follows it.</summary>
public sealed record DockerfileStage(FromInstruction From, IReadOnlyList<Instruction> Instructions);

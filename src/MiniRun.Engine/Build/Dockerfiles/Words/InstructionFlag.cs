namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>"--name=value" of an instruction; a null value was not written at all.</summary>
internal readonly record struct InstructionFlag(string Name, string? Value, int Offset);

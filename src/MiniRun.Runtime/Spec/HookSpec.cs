namespace MiniRun.Runtime.Spec;

/// <summary>One hook; Timeout is in seconds.</summary>
public sealed record HookSpec(string Path, IReadOnlyList<string> Args, IReadOnlyList<string> Env, int? Timeout);

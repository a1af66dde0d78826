namespace MiniRun.Runtime.Spec;

/// <summary>The six kinds of hooks. Source: config.md#posix-platform-hooks.</summary>
public sealed record HooksSpec
{
    /// <summary>The kinds' names, in the order in which they run.</summary>
    public static IReadOnlyList<string> Kinds() => ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    public IReadOnlyList<HookSpec> Prestart { get; init; } = [];

    public IReadOnlyList<HookSpec> CreateRuntime { get; init; } = [];

    public IReadOnlyList<HookSpec> CreateContainer { get; init; } = [];

    public IReadOnlyList<HookSpec> StartContainer { get; init; } = [];

    public IReadOnlyList<HookSpec> Poststart { get; init; } = [];

    public IReadOnlyList<HookSpec> Poststop { get; init; } = [];
}

namespace MiniRun.Runtime.Spec;

/// <summary>The six kinds of hooks. Source: config.md#posix-platform-hooks.</summary>
public sealed record HooksSpec
{
    /// <summary>The kinds' names, in the order in which they run.</summary>
    public static IReadOnlyList<string> Kinds() => ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    /// <summary>Whether there is any.</summary>
    public bool Any => Prestart.Count + CreateRuntime.Count + CreateContainer.Count + StartContainer.Count + Poststart.Count + Poststop.Count > 0;

    public IReadOnlyList<HookSpec> Prestart { get; init; } = [];

    public IReadOnlyList<HookSpec> CreateRuntime { get; init; } = [];

    public IReadOnlyList<HookSpec> CreateContainer { get; init; } = [];

    public IReadOnlyList<HookSpec> StartContainer { get; init; } = [];

    public IReadOnlyList<HookSpec> Poststart { get; init; } = [];

    public IReadOnlyList<HookSpec> Poststop { get; init; } = [];
}

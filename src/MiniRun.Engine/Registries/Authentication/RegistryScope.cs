namespace MiniRun.Engine.Registries.Authentication;

/// <summary>What a request needs to be allowed: actions on a repository, and for a mount to read another one (distribution's token scope).</summary>
internal sealed record RegistryScope(string Repository, string Actions, string? MountFrom = null)
{
    /// <summary>Nothing in particular: asks whether a login is right.</summary>
    internal static RegistryScope Login { get; } = new("", "");

    internal static RegistryScope Pull(string repository) => new(repository, "pull");

    internal static RegistryScope Push(string repository, string? mountFrom = null) => new(repository, "pull,push", mountFrom);

    /// <summary>The scopes as a token server reads them.</summary>
    internal IReadOnlyList<string> Texts => Repository.Length == 0 ? []
        : MountFrom is null ? [$"repository:{Repository}:{Actions}"]
        : [$"repository:{Repository}:{Actions}", $"repository:{MountFrom}:pull"];
}

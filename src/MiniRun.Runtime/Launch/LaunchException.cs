using MiniRun.Linux;

namespace MiniRun.Runtime.Launch;

/// <summary>A launch that failed and was undone. The message is one line; what the undoing itself could not do stands in <see cref="CleanupFailures"/>.</summary>
public sealed class LaunchException : MiniRunException
{
    private readonly List<string> _cleanupFailures = [];

    public LaunchException(string message, int? programExitCode = null)
        : base(message)
    {
        ProgramExitCode = programExitCode;
    }

    public LaunchException(string message, Exception inner)
        : base(message, inner)
    {
        ProgramExitCode = (inner as LaunchException)?.ProgramExitCode;
        OfHook = inner is LaunchException { OfHook: true };
    }

    /// <summary>docker's distinction: 127 where the program (or what it needs to start) is not there, 126 where it cannot be executed, else null.</summary>
    public int? ProgramExitCode { get; }

    /// <summary>Whether a hook failed, which ends the container for good (runtime-spec runtime.md#lifecycle).</summary>
    public bool OfHook { get; init; }

    public IReadOnlyList<string> CleanupFailures => _cleanupFailures;

    /// <summary>The failure with what could not be undone, in one line.</summary>
    public override string Message => _cleanupFailures.Count == 0 ? base.Message : $"{base.Message} (and not undone: {string.Join("; ", _cleanupFailures)})";

    internal void Attach(string cleanupFailure) => _cleanupFailures.Add(cleanupFailure);
}

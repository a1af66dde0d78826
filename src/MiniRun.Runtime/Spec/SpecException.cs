using MiniRun.Linux;

namespace MiniRun.Runtime.Spec;

/// <summary>What is wrong with a config.json: every problem with its JSON path, in one line.</summary>
public sealed class SpecException : MiniRunException
{
    /// <param name="problems">At least one, each "json.path: what is wrong".</param>
    /// <param name="document">The file they are in, or null where the caller's user knows.</param>
    public SpecException(IReadOnlyList<string> problems, string? document = null)
        : base(document is null ? Line(problems) : $"{document}: {Line(problems)}") => Problems = problems;

    /// <summary>The problems one by one, in the order they were found.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Line(IReadOnlyList<string> problems) =>
        problems.Count == 1 ? problems[0] : $"{problems.Count} problems: {string.Join("; ", problems)}";
}

namespace MiniRun.Oci.Grammar;

/// <summary>One row of the verb table: what a verb takes and the method that carries it out.</summary>
internal sealed record Verb(string Name, string Usage, string Help, Func<Invocation, int> Run)
{
    public Option[] Options { get; init; } = [];

    public int MinArguments { get; init; }

    public int MaxArguments { get; init; } = int.MaxValue;

    /// <summary>After so many arguments nothing is an option any more: `exec ID CMD -x` gives -x to CMD.</summary>
    public int LiteralAfter { get; init; } = int.MaxValue;
}

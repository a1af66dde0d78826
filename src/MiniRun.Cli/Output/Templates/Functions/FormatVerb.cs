namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>One "%…" of a printf format.</summary>
/// <param name="Letter">The verb: v, s, d, q, x …</param>
/// <param name="Width">Characters at least; null where none are asked for.</param>
/// <param name="Precision">Digits or characters; null where it was not given.</param>
internal readonly record struct FormatVerb(char Letter, int? Width, int? Precision)
{
    internal bool Plus { get; init; }

    internal bool Minus { get; init; }

    internal bool Sharp { get; init; }

    internal bool Space { get; init; }

    internal bool Zero { get; init; }
}

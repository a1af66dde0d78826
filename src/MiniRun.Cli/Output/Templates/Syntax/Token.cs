namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>A word of a template.</summary>
/// <param name="Position">Where it begins in the template, in characters.</param>
/// <param name="Text">As written, quotes and all.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text)
{
    private const int ShownLength = 10;

    internal int End => Position + Text.Length;

    /// <summary>How errors call it: as Go does.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "EOF",
        TokenKind.Keyword or TokenKind.Dot or TokenKind.Nil => $"<{Text}>",
        _ when Text.Length > ShownLength => $"{GoQuote.Of(Text[..ShownLength])}...",
        _ => GoQuote.Of(Text),
    };
}

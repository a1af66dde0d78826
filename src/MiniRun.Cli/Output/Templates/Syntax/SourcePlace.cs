using System.Text;

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>A stretch of a template, which errors name.</summary>
/// <param name="Position">The character that errors point at.</param>
/// <param name="Start">Where the text that errors quote begins; before Position where fields follow one another.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct SourcePlace(int Position, int Start, int End)
{
    internal static SourcePlace Of(Token token) => new(token.Position, token.Position, token.End);

    /// <summary>An error of a template that cannot be read: Go names the line alone.</summary>
    internal static TemplateException Failure(string source, int position, string reason) =>
        new($":{1 + source.AsSpan(0, position).Count('\n')}: {reason}");

    /// <summary>An error of a template that runs: line, column in bytes from zero, and the words that failed.</summary>
    internal TemplateException RunFailure(string source, string reason)
    {
        ReadOnlySpan<char> before = source.AsSpan(0, Position);
        int column = Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]);
        return new TemplateException($":{1 + before.Count('\n')}:{column}: executing \"\" at <{source[Start..End].Trim()}>: {reason}");
    }
}

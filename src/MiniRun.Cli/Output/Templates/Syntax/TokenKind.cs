namespace MiniRun.Cli.Output.Templates.Syntax;

internal enum TokenKind
{
    End,
    Text,
    LeftDelimiter,
    RightDelimiter,
    Space,
    Dot,

    /// <summary>".Name", with its dot.</summary>
    Field,

    /// <summary>"$" or "$name".</summary>
    Variable,
    Identifier,
    Keyword,
    Nil,
    Boolean,
    Number,
    Character,
    String,
    RawString,
    LeftParenthesis,
    RightParenthesis,
    Pipe,
    Assign,
    Declare,

    /// <summary>Any other sign, such as a comma.</summary>
    Sign,
}

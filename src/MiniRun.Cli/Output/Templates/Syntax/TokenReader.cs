namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>Goes through the tokens of a template and counts how deep it is within it.</summary>
internal sealed class TokenReader(string source, IReadOnlyList<Token> tokens)
{
    private int _next;

    internal int Depth { get; private set; }

    /// <summary>Where the next token begins.</summary>
    internal int Position => tokens[_next].Position;

    /// <summary>Where the token before stands.</summary>
    internal int Previous => _next == 0 ? 0 : tokens[_next - 1].Position;

    internal Token Peek() => tokens[_next];

    internal Token Next() => _next < tokens.Count - 1 ? tokens[_next++] : tokens[^1];

    /// <summary>The next token that is no space.</summary>
    internal Token NextWord()
    {
        SkipSpace();
        return Next();
    }

    internal Token PeekWord()
    {
        SkipSpace();
        return Peek();
    }

    /// <summary>Makes the token before the next one.</summary>
    internal void StepBack() => _next--;

    internal void Require(TokenKind kind, string context)
    {
        if (NextWord() is var token && token.Kind != kind)
        {
            throw Unexpected(token, context);
        }
    }

    internal string RequireString(string context)
    {
        Token token = NextWord();
        return token.Kind is TokenKind.String or TokenKind.RawString ? Constant.Text(token, this) : throw Unexpected(token, context);
    }

    /// <exception cref="TemplateException">Blocks and parentheses are nested too deep.</exception>
    internal void Enter()
    {
        if (++Depth > TemplateLimits.Nesting)
        {
            throw Failure($"more than {TemplateLimits.Nesting} blocks and parentheses within one another");
        }
    }

    internal void Leave() => Depth--;

    internal TemplateException Unexpected(Token token, string context) => Failure($"unexpected {token} in {context}");

    internal TemplateException Failure(string reason) => SourcePlace.Failure(source, tokens[Math.Max(_next - 1, 0)].Position, reason);

    private void SkipSpace()
    {
        while (Peek().Kind == TokenKind.Space)
        {
            _next++;
        }
    }
}

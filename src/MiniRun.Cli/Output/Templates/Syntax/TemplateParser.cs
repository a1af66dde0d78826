namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>Reads the blocks of a template; what stands within actions is read by <see cref="PipelineParser"/>.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader _tokens;
    private readonly PipelineParser _pipelines;
    private readonly Dictionary<string, IReadOnlyList<Statement>> _definitions = new(StringComparer.Ordinal);
    private int _loops;

    private TemplateParser(string source)
    {
        _tokens = new TokenReader(source, TemplateLexer.Read(source));
        _pipelines = new PipelineParser(_tokens);
    }

    /// <exception cref="TemplateException">The text is no template, or goes beyond <see cref="TemplateLimits"/>.</exception>
    internal static ParsedTemplate Parse(string source)
    {
        if (source.Length > TemplateLimits.Source)
        {
            throw SourcePlace.Failure(source, 0, $"{source.Length} characters are more than the {TemplateLimits.Source} a template may have");
        }

        var parser = new TemplateParser(source);
        IReadOnlyList<Statement> body = parser.ReadBody(out Token end);
        return end.Kind == TokenKind.End
            ? new ParsedTemplate(source, body, parser._definitions)
            : throw parser._tokens.Failure($"unexpected {{{{{end.Text}}}}}");
    }

    /// <summary>Statements up to an "else" or "end", whose keyword has been taken, or to the template's end.</summary>
    private List<Statement> ReadBody(out Token end)
    {
        List<Statement> body = [];
        while (true)
        {
            Token token = _tokens.Next();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    body.Add(new Statement.Text(token.Text));
                    break;
                case TokenKind.LeftDelimiter when _tokens.PeekWord() is { Kind: TokenKind.Keyword, Text: "else" or "end" }:
                    end = _tokens.NextWord();
                    return body;
                case TokenKind.LeftDelimiter:
                    body.AddRange(ReadAction());
                    break;
                default:
                    end = token;
                    return body;
            }
        }
    }

    /// <summary>One statement; none for a definition.</summary>
    private Statement[] ReadAction()
    {
        Token keyword = _tokens.PeekWord();
        if (keyword.Kind != TokenKind.Keyword)
        {
            return [new Statement.Action(_pipelines.Read("command", TokenKind.RightDelimiter))];
        }

        _tokens.NextWord();
        return keyword.Text switch
        {
            "if" or "with" or "range" => [ReadBlock(keyword.Text)],
            "break" or "continue" => [ReadLoopControl(keyword.Text)],
            "template" => [ReadCall(keyword)],
            "block" => [ReadNamedBlock(keyword)],
            _ => ReadDefinition(keyword),
        };
    }

    private Statement ReadBlock(string keyword)
    {
        _tokens.Enter();
        int variables = _pipelines.VariableCount;
        Expression.Pipeline value = _pipelines.Read(keyword, TokenKind.RightDelimiter);
        _loops += keyword == "range" ? 1 : 0;
        List<Statement> then = ReadBody(out Token end);
        _loops -= keyword == "range" ? 1 : 0;
        IReadOnlyList<Statement> otherwise = [];
        if (end.Text == "else" && keyword != "range" && _tokens.PeekWord() is { Kind: TokenKind.Keyword } next && next.Text == keyword)
        {
            // "{{else if …}}": its "end" closes both.
            _tokens.NextWord();
            otherwise = [ReadBlock(keyword)];
        }
        else
        {
            otherwise = end.Text == "else" ? ReadElse(out end) : otherwise;
            RequireEnd(end, keyword);
        }

        _pipelines.ForgetVariables(variables);
        _tokens.Leave();
        return keyword switch
        {
            "if" => new Statement.If(value, then, otherwise),
            "with" => new Statement.With(value, then, otherwise),
            _ => new Statement.Range(value, then, otherwise),
        };
    }

    private List<Statement> ReadElse(out Token end)
    {
        _tokens.Require(TokenKind.RightDelimiter, "input");
        return ReadBody(out end);
    }

    private void RequireEnd(Token end, string context)
    {
        if (end.Kind != TokenKind.Keyword)
        {
            throw _tokens.Failure(end.Kind == TokenKind.End ? "unexpected EOF" : $"unexpected {end} in {context}");
        }

        if (end.Text != "end")
        {
            throw _tokens.Failure($"expected end; found {{{{{end.Text}}}}}");
        }

        _tokens.Require(TokenKind.RightDelimiter, "end");
    }

    private Statement ReadLoopControl(string keyword)
    {
        _tokens.Require(TokenKind.RightDelimiter, $"{{{{{keyword}}}}}");
        if (_loops == 0)
        {
            throw _tokens.Failure($"{{{{{keyword}}}}} outside {{{{range}}}}");
        }

        return keyword == "break" ? new Statement.Break() : new Statement.Continue();
    }

    private Statement.Call ReadCall(Token keyword)
    {
        int place = _tokens.PeekWord().Position;
        string name = _tokens.RequireString("template clause");
        Expression.Pipeline? argument = null;
        if (_tokens.PeekWord().Kind == TokenKind.RightDelimiter)
        {
            _tokens.NextWord();
        }
        else
        {
            argument = _pipelines.Read("template clause", TokenKind.RightDelimiter);
        }

        return new Statement.Call(new SourcePlace(place, keyword.Position, _tokens.Previous), name, argument);
    }

    private Statement.Call ReadNamedBlock(Token keyword)
    {
        string name = _tokens.RequireString("block clause");
        Expression.Pipeline argument = _pipelines.Read("block clause", TokenKind.RightDelimiter);
        Define(name, "block clause");
        return new Statement.Call(SourcePlace.Of(keyword), name, argument);
    }

    private Statement[] ReadDefinition(Token keyword)
    {
        if (keyword.Text != "define" || _tokens.Depth > 0)
        {
            throw _tokens.Failure($"unexpected {keyword} in command");
        }

        string name = _tokens.RequireString("define clause");
        _tokens.Require(TokenKind.RightDelimiter, "define clause");
        Define(name, "define clause");
        return [];
    }

    /// <summary>Reads a template's body, in which neither the variables nor the loops around it are known.</summary>
    private void Define(string name, string context)
    {
        _tokens.Enter();
        List<string> outer = _pipelines.SwapVariables(["$"]);
        int loops = _loops;
        _loops = 0;
        _definitions[name] = ReadBody(out Token end);
        _loops = loops;
        RequireEnd(end, context);
        _pipelines.SwapVariables(outer);
        _tokens.Leave();
    }
}

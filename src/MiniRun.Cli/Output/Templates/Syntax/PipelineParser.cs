using MiniRun.Cli.Output.Templates.Functions;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>Reads what stands within an action, and knows which variables may be named there.</summary>
internal sealed class PipelineParser(TokenReader tokens)
{
    private List<string> _variables = ["$"];

    internal int VariableCount => _variables.Count;

    /// <summary>A block has ended: what was declared in it is gone.</summary>
    internal void ForgetVariables(int count) => _variables.RemoveRange(count, _variables.Count - count);

    /// <summary>Takes another set of variables, for the body of a definition, and gives the one before back.</summary>
    internal List<string> SwapVariables(List<string> variables)
    {
        List<string> before = _variables;
        _variables = variables;
        return before;
    }

    /// <param name="context">What it belongs to, in the words of errors.</param>
    /// <param name="end">The token behind it, which is taken too.</param>
    internal Expression.Pipeline Read(string context, TokenKind end)
    {
        int start = tokens.PeekWord().Position;
        List<string> names = ReadVariables(context, out bool declares);
        List<Command> commands = [];
        while (true)
        {
            Token token = tokens.PeekWord();
            if (token.Kind == end)
            {
                RequireExecutable(commands, context);
                tokens.NextWord();
                _variables.AddRange(declares ? names : []);
                return new Expression.Pipeline(new SourcePlace(start, start, token.Position), names, declares, commands);
            }

            if (!BeginsOperand(token.Kind))
            {
                tokens.NextWord();
                throw tokens.Unexpected(token, context);
            }

            commands.Add(ReadCommand());
        }
    }

    /// <summary>"$x :=", "$x =" or, in a range, "$i, $e :=". None where a pipeline begins with a variable's value.</summary>
    private List<string> ReadVariables(string context, out bool declares)
    {
        List<string> names = [];
        declares = false;
        while (tokens.PeekWord().Kind == TokenKind.Variable)
        {
            Token variable = tokens.NextWord();
            bool spaced = tokens.Peek().Kind == TokenKind.Space;
            Token next = tokens.PeekWord();
            if (next.Kind is TokenKind.Assign or TokenKind.Declare)
            {
                tokens.NextWord();
                declares = next.Kind == TokenKind.Declare;
                names.Add(declares ? variable.Text : Known(variable));
                return names;
            }

            if (next is not { Kind: TokenKind.Sign, Text: "," })
            {
                if (names.Count > 0)
                {
                    tokens.NextWord();
                    throw tokens.Unexpected(next, context);
                }

                StepBehind(spaced);
                return names;
            }

            tokens.NextWord();
            names.Add(variable.Text);
            if (context != "range" || names.Count == 2)
            {
                throw tokens.Failure($"too many declarations in {context}");
            }

            if (tokens.PeekWord().Kind != TokenKind.Variable)
            {
                throw tokens.Failure("range can only initialize variables");
            }
        }

        return names;
    }

    /// <summary>Back to before the variable, and the space that was skipped behind it.</summary>
    private void StepBehind(bool spaced)
    {
        tokens.StepBack();
        if (spaced)
        {
            tokens.StepBack();
        }
    }

    private void RequireExecutable(List<Command> commands, string context)
    {
        if (commands.Count == 0)
        {
            throw tokens.Failure($"missing value for {context}");
        }

        for (int i = 1; i < commands.Count; i++)
        {
            if (commands[i].Words[0] is Expression.Dot or Expression.Nil or Expression.Literal)
            {
                throw tokens.Failure($"non executable command in pipeline stage {i + 1}");
            }
        }
    }

    private static bool BeginsOperand(TokenKind kind) => kind is TokenKind.Dot or TokenKind.Field or TokenKind.Variable or TokenKind.Identifier or TokenKind.Nil
        or TokenKind.Boolean or TokenKind.Number or TokenKind.Character or TokenKind.String or TokenKind.RawString or TokenKind.LeftParenthesis;

    /// <summary>Operands up to a "|", which is taken, or to what ends the pipeline.</summary>
    private Command ReadCommand()
    {
        List<Expression> words = [];
        int start = tokens.PeekWord().Position;
        int end;
        while (true)
        {
            words.Add(ReadOperand(out end));
            Token next = tokens.Next();
            if (next.Kind == TokenKind.Space)
            {
                next = tokens.NextWord();
            }
            else if (BeginsOperand(next.Kind))
            {
                // Two operands need a space between them.
                throw tokens.Unexpected(next, "operand");
            }

            if (next.Kind == TokenKind.Pipe)
            {
                if (!BeginsOperand(tokens.PeekWord().Kind))
                {
                    throw tokens.Failure($"missing value for command");
                }

                break;
            }

            tokens.StepBack();
            if (next.Kind is TokenKind.RightDelimiter or TokenKind.RightParenthesis)
            {
                break;
            }

            if (!BeginsOperand(next.Kind))
            {
                tokens.NextWord();
                throw tokens.Unexpected(next, "operand");
            }
        }

        return new Command(new SourcePlace(start, start, end), words);
    }

    /// <summary>A term and the fields behind it.</summary>
    private Expression ReadOperand(out int end)
    {
        Token first = tokens.PeekWord();
        Expression term = ReadTerm();
        end = tokens.Position;
        if (tokens.Peek().Kind != TokenKind.Field)
        {
            return term;
        }

        int second = tokens.Position;
        List<string> fields = [];
        while (tokens.Peek().Kind == TokenKind.Field)
        {
            fields.Add(tokens.Next().Text[1..]);
        }

        end = tokens.Position;
        // Errors point at the second field and quote all of them, as Go's do.
        SourcePlace place = new(second, first.Position, end);
        return term switch
        {
            Expression.Field field => new Expression.Field(place, [.. field.Names, .. fields]),
            Expression.Variable variable => new Expression.Variable(place, variable.Name, fields),
            Expression.Pipeline or Expression.Function => new Expression.Chain(place, term, fields),
            _ => throw tokens.Failure($"unexpected . after term {GoQuote.Of(first.Text)}"),
        };
    }

    private Expression ReadTerm()
    {
        Token token = tokens.NextWord();
        SourcePlace place = SourcePlace.Of(token);
        return token.Kind switch
        {
            TokenKind.Dot => new Expression.Dot(place),
            TokenKind.Nil => new Expression.Nil(place),
            TokenKind.Field => new Expression.Field(place, [token.Text[1..]]),
            TokenKind.Variable => new Expression.Variable(place, Known(token), []),
            TokenKind.Identifier when FunctionTable.Has(token.Text) => new Expression.Function(place, token.Text),
            TokenKind.Identifier => throw tokens.Failure($"function {GoQuote.Of(token.Text)} not defined"),
            TokenKind.Boolean => new Expression.Literal(place, new TemplateValue.Boolean(token.Text == "true")),
            TokenKind.Number => new Expression.Literal(place, Constant.Number(token, tokens)),
            TokenKind.Character => new Expression.Literal(place, Constant.Character(token, tokens)),
            TokenKind.String or TokenKind.RawString => new Expression.Literal(place, new TemplateValue.Text(Constant.Text(token, tokens))),
            TokenKind.LeftParenthesis => ReadParenthesized(),
            _ => throw tokens.Unexpected(token, "command"),
        };
    }

    private Expression.Pipeline ReadParenthesized()
    {
        tokens.Enter();
        Expression.Pipeline inner = Read("parenthesized pipeline", TokenKind.RightParenthesis);
        tokens.Leave();
        return inner;
    }

    private string Known(Token variable) =>
        _variables.Contains(variable.Text) ? variable.Text : throw tokens.Failure($"undefined variable {GoQuote.Of(variable.Text)}");
}

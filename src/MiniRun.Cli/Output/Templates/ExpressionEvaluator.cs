using MiniRun.Cli.Output.Templates.Functions;
using MiniRun.Cli.Output.Templates.Syntax;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates;

/// <summary>Finds the values of pipelines, and says where in the template one cannot be found.</summary>
internal sealed class ExpressionEvaluator(string source, Budget budget, bool isHeader)
{
    /// <summary>The value of a pipeline, which its variable keeps too, unless the caller sees to that.</summary>
    /// <exception cref="TemplateException">There is none.</exception>
    internal TemplateValue Value(Expression.Pipeline pipeline, TemplateValue dot, Variables variables, bool keeps = true)
    {
        TemplateValue? value = null;
        foreach (Command command in pipeline.Commands)
        {
            At(command.Place, budget.Step);
            value = Value(command, dot, variables, value);
        }

        if (keeps && pipeline.Variables is [var name])
        {
            variables.Keep(name, value!, pipeline.Declares);
        }

        return value!;
    }

    /// <summary>Does something whose refusal is to be told with its place.</summary>
    /// <exception cref="TemplateException">It refused.</exception>
    internal void At(SourcePlace place, Action action)
    {
        try
        {
            action();
        }
        catch (FunctionException refusal)
        {
            throw Failure(place, refusal.Message);
        }
    }

    internal TemplateException Failure(SourcePlace place, string reason) => place.RunFailure(source, reason);

    /// <param name="last">The value of the command before, which becomes the last argument; null for the first command.</param>
    private TemplateValue Value(Command command, TemplateValue dot, Variables variables, TemplateValue? last)
    {
        Expression first = command.Words[0];
        switch (first)
        {
            case Expression.Function function:
                return Call(function.Name, command, dot, variables, last);
            case Expression.Field or Expression.Variable { Fields.Count: > 0 } or Expression.Chain:
                return Field(first, Arguments(command, dot, variables, last), dot, variables);
            case Expression.Nil:
                throw Failure(first.Place, "nil is not a command");
            case var _ when command.Words.Count > 1 || last is not null:
                throw Failure(first.Place, $"can't give argument to non-function {source[first.Place.Start..first.Place.End]}");
            default:
                return Value(first, dot, variables);
        }
    }

    private TemplateValue Value(Expression expression, TemplateValue dot, Variables variables) => expression switch
    {
        Expression.Dot => dot,
        Expression.Nil => TemplateValue.Nil,
        Expression.Literal literal => literal.Value,
        Expression.Variable { Fields.Count: 0 } variable => variables.Find(variable.Name),
        Expression.Function function => Call(function.Name, new Command(function.Place, [function]), dot, variables, null),
        Expression.Pipeline pipeline => Value(pipeline, dot, variables),
        _ => Field(expression, [], dot, variables),
    };

    private List<TemplateValue> Arguments(Command command, TemplateValue dot, Variables variables, TemplateValue? last)
    {
        List<TemplateValue> arguments = [];
        foreach (Expression word in command.Words.Skip(1))
        {
            arguments.Add(Value(word, dot, variables));
        }

        if (last is not null)
        {
            arguments.Add(last);
        }

        return arguments;
    }

    private TemplateValue Field(Expression expression, IReadOnlyList<TemplateValue> arguments, TemplateValue dot, Variables variables)
    {
        (TemplateValue value, IReadOnlyList<string> names) = expression switch
        {
            Expression.Field field => (dot, field.Names),
            Expression.Variable variable => (variables.Find(variable.Name), variable.Fields),
            Expression.Chain chain => (Value(chain.Inner, dot, variables), chain.Fields),
            _ => throw new InvalidOperationException($"{expression} has no fields"),
        };
        try
        {
            for (int i = 0; i < names.Count; i++)
            {
                value = FieldAccess.Of(value, names[i], i + 1 == names.Count ? arguments : []);
            }
        }
        catch (FunctionException refusal)
        {
            throw Failure(expression.Place, refusal.Message);
        }

        return value;
    }

    private TemplateValue Call(string name, Command command, TemplateValue dot, Variables variables, TemplateValue? last)
    {
        if (name is "and" or "or")
        {
            return Choose(name, command, dot, variables, last);
        }

        List<TemplateValue> arguments = Arguments(command, dot, variables, last);
        TemplateFunction function = FunctionTable.Find(name, isHeader);
        RequireCount(function, arguments.Count, command);
        try
        {
            return function.Body(new FunctionCall(arguments, budget));
        }
        catch (FunctionException refusal)
        {
            throw refusal.Argument is { } wrong
                ? Failure(wrong + 1 < command.Words.Count ? command.Words[wrong + 1].Place : command.Place, refusal.Message)
                : Failure(command.Place, $"error calling {name}: {refusal.Message}");
        }
    }

    /// <summary>"and" and "or" give the first argument that decides, and look at none behind it.</summary>
    private TemplateValue Choose(string name, Command command, TemplateValue dot, Variables variables, TemplateValue? last)
    {
        RequireCount(FunctionTable.Find(name, isHeader), command.Words.Count - 1 + (last is null ? 0 : 1), command);
        TemplateValue? value = null;
        foreach (Expression word in command.Words.Skip(1))
        {
            value = Value(word, dot, variables);
            if (value.IsTrue == (name == "or"))
            {
                return value;
            }
        }

        return last ?? value!;
    }

    private void RequireCount(TemplateFunction function, int count, Command command)
    {
        if (count < function.AtLeast || count > function.AtMost)
        {
            string wanted = function.AtMost == int.MaxValue ? $"at least {function.AtLeast}" : $"{function.AtMost}";
            throw Failure(command.Words[0].Place, $"wrong number of args for {function.Name}: want {wanted} got {count}");
        }
    }
}

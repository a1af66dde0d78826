using MiniRun.Cli.Output.Templates.Syntax;
using MiniRun.Cli.Output.Templates.Values;
using MiniRun.Linux;

namespace MiniRun.Cli.Output.Templates;

/// <summary>Runs the statements of a template once; <see cref="ExpressionEvaluator"/> finds the values.</summary>
internal sealed class Evaluator
{
    private readonly ParsedTemplate _template;
    private readonly Budget _budget = new();
    private readonly CountedText _output;
    private readonly ExpressionEvaluator _expressions;
    private readonly TemplateValue _root;
    private readonly bool _onScreen;
    private int _depth;

    internal Evaluator(ParsedTemplate template, TemplateValue root, bool isHeader, bool onScreen)
    {
        _template = template;
        _root = root;
        _onScreen = onScreen;
        _output = new CountedText(_budget);
        _expressions = new ExpressionEvaluator(template.Source, _budget, isHeader);
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    /// <exception cref="TemplateException">A value is not what the template takes it for, or there is too much of it.</exception>
    internal string Run()
    {
        Run(_template.Body, _root, new Variables(_root));
        return _output.ToString();
    }

    private Flow Run(IReadOnlyList<Statement> body, TemplateValue dot, Variables variables)
    {
        foreach (Statement statement in body)
        {
            Flow flow = Run(statement, dot, variables);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow Run(Statement statement, TemplateValue dot, Variables variables)
    {
        switch (statement)
        {
            case Statement.Text text:
                _expressions.At(default, () => _output.Append(text.Value));
                return Flow.Next;
            case Statement.Action action:
                Print(action.Value, dot, variables);
                return Flow.Next;
            case Statement.Call call:
                RunCall(call, dot, variables);
                return Flow.Next;
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            default:
                int mark = variables.Count;
                Flow flow = RunBlock(statement, dot, variables);
                variables.ForgetFrom(mark);
                return flow;
        }
    }

    private void Print(Expression.Pipeline pipeline, TemplateValue dot, Variables variables)
    {
        TemplateValue value = _expressions.Value(pipeline, dot, variables);
        if (pipeline.Variables.Count == 0)
        {
            _expressions.At(pipeline.Place, () => Append(value));
        }
    }

    private void Append(TemplateValue value)
    {
        if (_onScreen)
        {
            _output.Append(OneLine.OfEach(ValueText.Of(value, _budget)));
        }
        else
        {
            ValueText.Append(_output, value);
        }
    }

    private Flow RunBlock(Statement block, TemplateValue dot, Variables variables)
    {
        switch (block)
        {
            case Statement.If choice:
                bool isTrue = _expressions.Value(choice.Condition, dot, variables).IsTrue;
                return RunNested(choice.Condition.Place, isTrue ? choice.Then : choice.Else, dot, variables);
            case Statement.With with:
                TemplateValue value = _expressions.Value(with.Value, dot, variables);
                return RunNested(with.Value.Place, value.IsTrue ? with.Then : with.Else, value.IsTrue ? value : dot, variables);
            default:
                return RunRange((Statement.Range)block, dot, variables);
        }
    }

    private Flow RunRange(Statement.Range range, TemplateValue dot, Variables variables)
    {
        TemplateValue items = _expressions.Value(range.Items, dot, variables, keeps: false);
        int mark = variables.Count;
        bool any = false;
        foreach ((TemplateValue key, TemplateValue item) in RangeItems.Of(items) ?? throw _expressions.Failure(range.Items.Place, $"range can't iterate over {ValueText.Of(items, _budget)}"))
        {
            any = true;
            Assign(range.Items, key, item, variables);
            Flow flow = RunNested(range.Items.Place, range.Each, item, variables);
            variables.ForgetFrom(mark);
            if (flow == Flow.Break)
            {
                break;
            }
        }

        return any ? Flow.Next : RunNested(range.Items.Place, range.Else, dot, variables);
    }

    /// <summary>"$e :=" takes the element, "$i, $e :=" the index or key too.</summary>
    private static void Assign(Expression.Pipeline pipeline, TemplateValue key, TemplateValue item, Variables variables)
    {
        TemplateValue[] values = pipeline.Variables.Count == 2 ? [key, item] : [item];
        for (int i = 0; i < pipeline.Variables.Count; i++)
        {
            variables.Keep(pipeline.Variables[i], values[i], pipeline.Declares);
        }
    }

    private void RunCall(Statement.Call call, TemplateValue dot, Variables variables)
    {
        if (!_template.Definitions.TryGetValue(call.Name, out IReadOnlyList<Statement>? body))
        {
            throw _expressions.Failure(call.Place, $"template {GoQuote.Of(call.Name)} not defined");
        }

        TemplateValue argument = call.Argument is { } pipeline ? _expressions.Value(pipeline, dot, variables) : TemplateValue.Missing;
        RunNested(call.Place, body, argument, new Variables(argument));
    }

    private Flow RunNested(SourcePlace place, IReadOnlyList<Statement> body, TemplateValue dot, Variables variables)
    {
        _expressions.At(place, _budget.Step);
        if (++_depth > TemplateLimits.RunningNesting)
        {
            throw _expressions.Failure(place, $"blocks and templates run within one another more than {TemplateLimits.RunningNesting} times");
        }

        int mark = variables.Count;
        Flow flow = Run(body, dot, variables);
        variables.ForgetFrom(mark);
        _depth--;
        return flow;
    }
}

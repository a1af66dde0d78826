using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>The functions of Go's templates, and docker's.</summary>
internal static class FunctionTable
{
    private const int Any = int.MaxValue;

    private static readonly Dictionary<string, TemplateFunction> s_functions = ByName(
        // Choosing: and, or stop at the argument that decides, which the evaluator sees to.
        new("and", 1, Any, call => call[0]),
        new("or", 1, Any, call => call[0]),
        new("not", 1, 1, call => new TemplateValue.Boolean(!call[0].IsTrue)),
        // Comparing.
        new("eq", 1, Any, Comparison.Equal),
        new("ne", 2, 2, Comparison.NotEqual),
        new("lt", 2, 2, call => Comparison.Ordered(call, order => order < 0)),
        new("le", 2, 2, call => Comparison.Ordered(call, order => order <= 0)),
        new("gt", 2, 2, call => Comparison.Ordered(call, order => order > 0)),
        new("ge", 2, 2, call => Comparison.Ordered(call, order => order >= 0)),
        // Taking apart.
        new("index", 1, Any, Collections.Index),
        new("slice", 1, 4, Collections.Slice),
        new("len", 1, 1, Collections.Length),
        new("split", 2, 2, Collections.Split),
        new("join", 2, 2, Collections.Join),
        // Printing.
        new("print", 0, Any, call => new TemplateValue.Text(Printing.Print(call.Arguments, call.Budget))),
        new("println", 0, Any, call => new TemplateValue.Text(Printing.PrintLine(call.Arguments, call.Budget))),
        new("printf", 1, Any, call => new TemplateValue.Text(PrintfFormat.Print(call.Text(0), [.. call.Arguments.Skip(1)], call.Budget))),
        new("json", 1, 1, call => call.Made(JsonOutput.Value(json => JsonValues.Write(json, call[0])))),
        // Escaping.
        new("html", 1, Any, call => call.Made(Escaping.Html(call.Joined()))),
        new("js", 1, Any, call => call.Made(Escaping.JavaScript(call.Joined()))),
        new("urlquery", 1, Any, call => call.Made(Escaping.UrlQuery(call.Joined()))),
        // docker's texts.
        new("lower", 1, 1, call => call.Made(call.Text(0).ToLowerInvariant())),
        new("upper", 1, 1, call => call.Made(call.Text(0).ToUpperInvariant())),
        new("title", 1, 1, call => call.Made(Wording.Title(call.Text(0)))),
        new("pad", 3, 3, Wording.Pad),
        new("truncate", 2, 2, call => call.Made(Wording.Truncate(call.Text(0), call.Number(1)))));

    /// <summary>In a table's header these leave the column's name as it is.</summary>
    private static readonly Dictionary<string, TemplateFunction> s_headers = ByName(
        new("json", 1, 1, call => call[0]),
        new("split", 2, 2, call => call[0]),
        new("join", 2, 2, call => call[0]),
        new("title", 1, 1, call => call[0]),
        new("lower", 1, 1, call => call[0]),
        new("upper", 1, 1, call => call[0]),
        new("truncate", 2, 2, call => call[0]));

    internal static bool Has(string name) => s_functions.ContainsKey(name);

    /// <summary>The parser has seen to it that there is one.</summary>
    internal static TemplateFunction Find(string name, bool isHeader) => isHeader && s_headers.TryGetValue(name, out TemplateFunction? header) ? header : s_functions[name];

    private static Dictionary<string, TemplateFunction> ByName(params ReadOnlySpan<TemplateFunction> functions)
    {
        Dictionary<string, TemplateFunction> byName = new(functions.Length, StringComparer.Ordinal);
        foreach (TemplateFunction function in functions)
        {
            byName.Add(function.Name, function);
        }

        return byName;
    }
}

using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates;

/// <summary>".Name" of a value.</summary>
internal static class FieldAccess
{
    /// <param name="arguments">What stands behind it: .Label "key".</param>
    /// <exception cref="FunctionException">The value has no such field.</exception>
    internal static TemplateValue Of(TemplateValue value, string name, IReadOnlyList<TemplateValue> arguments)
    {
        if (value is TemplateValue.Row row)
        {
            return OfRow(row, name, arguments);
        }

        if (arguments.Count > 0)
        {
            throw new FunctionException($"{name} is not a method but has arguments");
        }

        return value switch
        {
            TemplateValue.Map { IsStruct: true } map => map.Find(name) ?? throw new FunctionException($"map has no entry for key {GoQuote.Of(name)}"),
            TemplateValue.Map map => map.Find(name) ?? TemplateValue.Missing,
            TemplateValue.Nothing nothing when nothing == TemplateValue.Nil => throw new FunctionException($"nil pointer evaluating interface {{}}.{name}"),
            TemplateValue.Nothing => TemplateValue.Missing,
            _ => throw new FunctionException($"can't evaluate field {name} in type {value.TypeName}"),
        };
    }

    private static TemplateValue.Text OfRow(TemplateValue.Row row, string name, IReadOnlyList<TemplateValue> arguments)
    {
        if (row.Methods.TryGetValue(name, out Func<string, string>? method))
        {
            return arguments switch
            {
                [TemplateValue.Text text] => new TemplateValue.Text(method(text.Value)),
                [var other] => throw new FunctionException($"wrong type for value; expected string; got {other.TypeName}"),
                _ => throw new FunctionException($"wrong number of args for {name}: want 1 got {arguments.Count}"),
            };
        }

        if (!row.Fields.TryGetValue(name, out Func<string>? field))
        {
            IEnumerable<string> known = row.Fields.Keys.Concat(row.Methods.Keys).Order(StringComparer.Ordinal).Select(known => $".{known}");
            throw new FunctionException($"can't evaluate field {name} in type {row.Item}: it has {string.Join(' ', known)}");
        }

        return arguments.Count == 0
            ? new TemplateValue.Text(field())
            : throw new FunctionException($"wrong number of args for {name}: want 0 got {arguments.Count}");
    }
}

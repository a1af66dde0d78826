using System.Globalization;

namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>Values as Go prints them: [a b], map[k:v], &lt;nil&gt;.</summary>
internal static class ValueText
{
    internal static string Of(TemplateValue value, Budget budget)
    {
        CountedText text = new(budget);
        Append(text, value);
        return text.ToString();
    }

    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static void Append(CountedText text, TemplateValue value) => AppendEach(text, value, Append, names: false);

    /// <summary>A list or map with its brackets around its elements, each written as the caller wants it; other values plainly.</summary>
    /// <param name="names">Whether the members of structs are named.</param>
    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static void AppendEach(CountedText text, TemplateValue value, Action<CountedText, TemplateValue> element, bool names)
    {
        switch (value)
        {
            case TemplateValue.List list:
                text.Append('[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    text.Append(i > 0 ? " " : "");
                    element(text, Within(list.Items[i]));
                }

                text.Append(']');
                break;
            case TemplateValue.Map { IsStruct: true } map:
                AppendMembers(text.Append('{'), map.Members, element, names);
                text.Append('}');
                break;
            case TemplateValue.Map map:
                AppendMembers(text.Append("map["), map.Sorted(), element, names: true);
                text.Append(']');
                break;
            case TemplateValue.Row row:
                AppendEach(text, row.ToMap(), element, names);
                break;
            default:
                text.Append(Plain(value));
                break;
        }
    }

    private static void AppendMembers(CountedText text, IReadOnlyList<KeyValuePair<string, TemplateValue>> members, Action<CountedText, TemplateValue> element, bool names)
    {
        for (int i = 0; i < members.Count; i++)
        {
            text.Append(i > 0 ? " " : "").Append(names ? $"{members[i].Key}:" : "");
            element(text, Within(members[i].Value));
        }
    }

    /// <summary>Within others, what is missing prints as nil.</summary>
    private static TemplateValue Within(TemplateValue value) => value == TemplateValue.Missing ? TemplateValue.Nil : value;

    private static string Plain(TemplateValue value) => value switch
    {
        TemplateValue.Text text => text.Value,
        TemplateValue.Boolean boolean => boolean.Value ? "true" : "false",
        TemplateValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        TemplateValue.Fraction fraction => GoFloat.Shortest(fraction.Value),
        TemplateValue.Nothing nothing => nothing.Printed,
        _ => throw new InvalidOperationException($"{value.TypeName} is not plain"),
    };
}

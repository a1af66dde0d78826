using System.Text;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>index, slice, len, split and join.</summary>
internal static class Collections
{
    /// <summary>The element at an index or key, at the next one within that, and so on.</summary>
    /// <exception cref="FunctionException">There is none.</exception>
    internal static TemplateValue Index(FunctionCall call)
    {
        TemplateValue item = call[0];
        for (int i = 1; i < call.Arguments.Count; i++)
        {
            item = Element(item, call, i);
        }

        return item;
    }

    /// <summary>Part of a list or text: from an index, or from one index to another.</summary>
    /// <exception cref="FunctionException">It has no parts, or not so many.</exception>
    internal static TemplateValue Slice(FunctionCall call)
    {
        int length = call[0] switch
        {
            TemplateValue.List list => list.Items.Count,
            TemplateValue.Text text => text.Value.Length,
            TemplateValue.Nothing { IsEmptyCollection: true } => 0,
            _ => throw new FunctionException($"can't slice item of type {call[0].TypeName}"),
        };
        int from = call.Arguments.Count > 1 ? Bound(call.Number(1), length) : 0;
        int to = call.Arguments.Count > 2 ? Bound(call.Number(2), length) : length;
        if (call.Arguments.Count > 3)
        {
            Bound(call.Number(3), length);
        }

        if (from > to)
        {
            throw new FunctionException($"invalid slice index: {from} > {to}");
        }

        return call[0] switch
        {
            TemplateValue.Text text => call.Made(text.Value[from..to]),
            TemplateValue.List list => new TemplateValue.List([.. list.Items.Skip(from).Take(to - from)]),
            var nothing => nothing,
        };
    }

    /// <summary>How many elements there are; of a text, how many bytes in UTF-8.</summary>
    /// <exception cref="FunctionException">It has none.</exception>
    internal static TemplateValue Length(FunctionCall call) => new TemplateValue.Integer(call[0] switch
    {
        TemplateValue.List list => list.Items.Count,
        TemplateValue.Map map => map.Members.Count,
        TemplateValue.Text text => Encoding.UTF8.GetByteCount(text.Value),
        TemplateValue.Nothing { IsEmptyCollection: true } => 0,
        TemplateValue.Nothing => throw new FunctionException("len of nil pointer"),
        _ => throw new FunctionException($"len of type {call[0].TypeName}"),
    });

    /// <summary>The pieces of a text between separators; its characters where the separator is empty.</summary>
    /// <exception cref="FunctionException">These are no texts.</exception>
    internal static TemplateValue Split(FunctionCall call)
    {
        string text = call.Text(0);
        string separator = call.Text(1);
        call.Budget.Make(text.Length);
        IEnumerable<string> parts = separator.Length > 0 ? text.Split(separator) : text.EnumerateRunes().Select(rune => rune.ToString());
        return new TemplateValue.List([.. parts.Select(part => new TemplateValue.Text(part))]);
    }

    /// <summary>The elements of a list in one text; those that are no texts as they print.</summary>
    /// <exception cref="FunctionException">There is no list.</exception>
    internal static TemplateValue Join(FunctionCall call)
    {
        if (call[0] is TemplateValue.Nothing)
        {
            return new TemplateValue.Text("");
        }

        if (call[0] is not TemplateValue.List list)
        {
            throw call.Wrong("[]string", 0);
        }

        string separator = call.Text(1);
        CountedText joined = new(call.Budget);
        for (int i = 0; i < list.Items.Count; i++)
        {
            joined.Append(i > 0 ? separator : "");
            ValueText.Append(joined, list.Items[i]);
        }

        return new TemplateValue.Text(joined.ToString());
    }

    private static TemplateValue Element(TemplateValue item, FunctionCall call, int argument)
    {
        switch (item)
        {
            case TemplateValue.List list:
                int index = call[argument] is TemplateValue.Integer ? call.Number(argument) : throw new FunctionException($"cannot index slice/array with type {call[argument].TypeName}");
                return index >= 0 && index < list.Items.Count ? list.Items[index] : throw new FunctionException($"index out of range: {index}");
            case TemplateValue.Map map:
                string key = call[argument] is TemplateValue.Text text ? text.Value : throw new FunctionException($"value has type {call[argument].TypeName}; should be string");
                return map.Find(key) ?? map.Absent;
            case TemplateValue.Text whole:
                byte[] bytes = Encoding.UTF8.GetBytes(whole.Value);
                int place = call.Number(argument);
                return place >= 0 && place < bytes.Length ? new TemplateValue.Integer(bytes[place]) : throw new FunctionException($"index out of range: {place}");
            case TemplateValue.Nothing { Printed: "map[]" }:
                return new TemplateValue.Text("");
            case TemplateValue.Nothing { Printed: "[]" }:
                throw new FunctionException($"index out of range: {call.Number(argument)}");
            case TemplateValue.Nothing:
                throw new FunctionException("index of untyped nil");
            default:
                throw new FunctionException($"can't index item of type {item.TypeName}");
        }
    }

    private static int Bound(int index, int length) => index >= 0 && index <= length ? index : throw new FunctionException($"index out of range: {index}");
}

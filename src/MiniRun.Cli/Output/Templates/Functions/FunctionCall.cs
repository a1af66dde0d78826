using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>The arguments of a function, typed as it wants them.</summary>
internal sealed record FunctionCall(IReadOnlyList<TemplateValue> Arguments, Budget Budget)
{
    internal TemplateValue this[int index] => Arguments[index];

    /// <exception cref="FunctionException">It is no text.</exception>
    internal string Text(int index) => Arguments[index] switch
    {
        TemplateValue.Text text => text.Value,
        TemplateValue.Nothing => "",
        _ => throw Wrong("string", index),
    };

    /// <exception cref="FunctionException">It is no whole number of 32 bits.</exception>
    internal int Number(int index) => Arguments[index] is TemplateValue.Integer { Value: var value } && value >= int.MinValue && value <= int.MaxValue
        ? (int)value
        : throw Wrong("int", index);

    /// <summary>All arguments from one on as one text, as print joins them.</summary>
    internal string Joined() => Arguments is [TemplateValue.Text text] ? text.Value : Printing.Print(Arguments, Budget);

    /// <summary>A text that the function has made.</summary>
    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal TemplateValue Made(string text)
    {
        Budget.Make(text.Length);
        return new TemplateValue.Text(text);
    }

    /// <summary>The failure of an argument that is of another type than the wanted one.</summary>
    internal FunctionException Wrong(string wanted, int index) => new($"wrong type for value; expected {wanted}; got {Arguments[index].TypeName}", index);
}

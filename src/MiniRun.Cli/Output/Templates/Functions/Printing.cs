using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>print and println.</summary>
internal static class Printing
{
    /// <summary>The values in one text, with a blank between two that are both no texts.</summary>
    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static string Print(IReadOnlyList<TemplateValue> values, Budget budget) => Print(values, budget, between: false);

    /// <summary>The values with a blank between any two, and a line end.</summary>
    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static string PrintLine(IReadOnlyList<TemplateValue> values, Budget budget) => Print(values, budget, between: true) + "\n";

    private static string Print(IReadOnlyList<TemplateValue> values, Budget budget, bool between)
    {
        CountedText text = new(budget);
        for (int i = 0; i < values.Count; i++)
        {
            bool blank = i > 0 && (between || (values[i] is not TemplateValue.Text && values[i - 1] is not TemplateValue.Text));
            text.Append(blank ? " " : "");
            // As an argument, what is missing is nil.
            ValueText.Append(text, values[i] == TemplateValue.Missing ? TemplateValue.Nil : values[i]);
        }

        return text.ToString();
    }
}

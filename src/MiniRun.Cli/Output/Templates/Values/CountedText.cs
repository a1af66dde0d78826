using System.Text;

namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>Text that grows, as far as the budget goes.</summary>
internal sealed class CountedText(Budget budget)
{
    private readonly StringBuilder _text = new();

    /// <exception cref="FunctionException">The budget is spent.</exception>
    internal CountedText Append(ReadOnlySpan<char> text)
    {
        budget.Make(text.Length);
        _text.Append(text);
        return this;
    }

    /// <exception cref="FunctionException">The budget is spent.</exception>
    internal CountedText Append(char c, int times = 1)
    {
        budget.Make(times);
        _text.Append(c, times);
        return this;
    }

    public override string ToString() => _text.ToString();
}

using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>eq, ne, lt, le, gt and ge.</summary>
internal static class Comparison
{
    /// <summary>Whether the first argument is equal to any of the others.</summary>
    /// <exception cref="FunctionException">There is none to compare with, or they are of different kinds.</exception>
    internal static TemplateValue Equal(FunctionCall call)
    {
        if (call.Arguments.Count < 2)
        {
            throw new FunctionException("missing argument for comparison");
        }

        bool equal = false;
        foreach (TemplateValue other in call.Arguments.Skip(1))
        {
            equal = equal || AreEqual(call[0], other);
        }

        return new TemplateValue.Boolean(equal);
    }

    /// <exception cref="FunctionException">They are of different kinds.</exception>
    internal static TemplateValue NotEqual(FunctionCall call) => new TemplateValue.Boolean(!AreEqual(call[0], call[1]));

    /// <exception cref="FunctionException">They have no order.</exception>
    internal static TemplateValue Ordered(FunctionCall call, Func<int, bool> holds) => new TemplateValue.Boolean(holds((call[0], call[1]) switch
    {
        (TemplateValue.Integer left, TemplateValue.Integer right) => left.Value.CompareTo(right.Value),
        (TemplateValue.Fraction left, TemplateValue.Fraction right) => left.Value.CompareTo(right.Value),
        (TemplateValue.Text left, TemplateValue.Text right) => string.CompareOrdinal(left.Value, right.Value),
        (TemplateValue.Integer or TemplateValue.Fraction or TemplateValue.Text, TemplateValue.Integer or TemplateValue.Fraction or TemplateValue.Text) =>
            throw new FunctionException("incompatible types for comparison"),
        _ => throw new FunctionException("invalid type for comparison"),
    }));

    private static bool AreEqual(TemplateValue left, TemplateValue right) => (left, right) switch
    {
        (TemplateValue.Nothing, TemplateValue.Nothing) => true,
        (TemplateValue.Nothing, _) or (_, TemplateValue.Nothing) => false,
        (TemplateValue.List or TemplateValue.Map or TemplateValue.Row, _) or (_, TemplateValue.List or TemplateValue.Map or TemplateValue.Row) =>
            throw new FunctionException($"non-comparable type {(left is TemplateValue.List or TemplateValue.Map or TemplateValue.Row ? left : right).TypeName}"),
        _ when left.GetType() == right.GetType() => left == right,
        _ => throw new FunctionException("incompatible types for comparison"),
    };
}

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>A part of a template's body.</summary>
internal abstract record Statement
{
    internal sealed record Text(string Value) : Statement;

    /// <summary>"{{pipeline}}": prints its value, unless that is kept in a variable.</summary>
    internal sealed record Action(Expression.Pipeline Value) : Statement;

    internal sealed record If(Expression.Pipeline Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement;

    internal sealed record With(Expression.Pipeline Value, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement;

    internal sealed record Range(Expression.Pipeline Items, IReadOnlyList<Statement> Each, IReadOnlyList<Statement> Else) : Statement;

    internal sealed record Break : Statement;

    internal sealed record Continue : Statement;

    /// <summary>"{{template "name" pipeline}}"; without a pipeline its dot is nothing.</summary>
    internal sealed record Call(SourcePlace Place, string Name, Expression.Pipeline? Argument) : Statement;
}

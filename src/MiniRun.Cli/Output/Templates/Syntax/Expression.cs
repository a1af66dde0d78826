using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>What stands for a value within an action.</summary>
internal abstract record Expression(SourcePlace Place)
{
    /// <summary>".": what the template or the block around is about.</summary>
    internal sealed record Dot(SourcePlace Place) : Expression(Place);

    internal sealed record Nil(SourcePlace Place) : Expression(Place);

    internal sealed record Literal(SourcePlace Place, TemplateValue Value) : Expression(Place);

    /// <summary>".A.B": fields of what the dot is.</summary>
    internal sealed record Field(SourcePlace Place, IReadOnlyList<string> Names) : Expression(Place);

    /// <summary>"$x.A.B"; the name is with its dollar, the fields may be none.</summary>
    internal sealed record Variable(SourcePlace Place, string Name, IReadOnlyList<string> Fields) : Expression(Place);

    /// <summary>"(…).A.B".</summary>
    internal sealed record Chain(SourcePlace Place, Expression Inner, IReadOnlyList<string> Fields) : Expression(Place);

    internal sealed record Function(SourcePlace Place, string Name) : Expression(Place);

    /// <summary>Commands, each of which hands its value to the next one, and the variables that keep the last value.</summary>
    internal sealed record Pipeline(SourcePlace Place, IReadOnlyList<string> Variables, bool Declares, IReadOnlyList<Command> Commands) : Expression(Place);
}

using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>A function that templates may call.</summary>
/// <param name="AtLeast">How many arguments it needs.</param>
/// <param name="AtMost">How many it takes.</param>
internal sealed record TemplateFunction(string Name, int AtLeast, int AtMost, Func<FunctionCall, TemplateValue> Body);

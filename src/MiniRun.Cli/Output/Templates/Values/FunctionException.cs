namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>A function or a value refuses; whoever runs the template knows where that was and says so.</summary>
/// <param name="argument">Which argument is wrong, from zero; null where it is none of them.</param>
internal sealed class FunctionException(string message, int? argument = null) : Exception(message)
{
    internal int? Argument { get; } = argument;
}

using System.CommandLine;
using MiniRun.Engine.Options;
using MiniRun.Linux.Files;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>-e and --env-file, of `run` and `exec`.</summary>
internal sealed class EnvironmentOptions
{
    internal Option<string[]> Variables { get; } = Values("--env", "NAME[=VALUE]", "Set a variable, or pass on the caller's", "-e");

    internal Option<string[]> Files { get; } = Values("--env-file", "FILE", "Set the variables of a file, one NAME=VALUE a line");

    /// <summary>Those of the files, then those of -e; names alone take the caller's value, if it is passed on.</summary>
    internal IReadOnlyList<EnvironmentVariable> Read(ParseResult values, bool passOn = true)
    {
        string[] files = values.GetValue(Files) ?? [];
        string[] single = values.GetValue(Variables) ?? [];
        List<EnvironmentVariable> variables = new(single.Length);
        foreach (string file in files)
        {
            foreach (EnvironmentVariable variable in EnvironmentFile.Parse(HostFile.ReadText(file, EnvironmentFile.MaxSize), file))
            {
                variables.Add(Resolve(variable, passOn));
            }
        }

        foreach (string text in single)
        {
            variables.Add(Resolve(EnvironmentVariable.Parse(text, Variables.Name), passOn));
        }

        return variables;
    }

    private static EnvironmentVariable Resolve(EnvironmentVariable variable, bool passOn) =>
        passOn && variable.Value is null ? variable with { Value = Environment.GetEnvironmentVariable(variable.Name) } : variable;
}

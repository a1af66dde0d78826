using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.RunOptions;

/// <summary>Reads the words that are kept of a container, see <see cref="RunWords"/>.</summary>
internal static class RunReader
{
    /// <exception cref="Linux.MiniRunException">They are none that this version understands.</exception>
    internal static RunRequest Read(IReadOnlyList<string> words)
    {
        var options = new RunOptionSet { PassesVariables = false };
        DockerCommand command = RunCommand.Declare();
        options.AddTo(command);
        return options.Read(CommandRunner.Read(command, words.ToArray(), new Terminal(TextWriter.Null, TextWriter.Null)).Values);
    }
}

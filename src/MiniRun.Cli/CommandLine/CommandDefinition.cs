namespace MiniRun.Cli.CommandLine;

/// <summary>A command and what carries it out; the result is the exit code.</summary>
internal sealed record CommandDefinition(DockerCommand Command, Func<Invocation, int> Execute);

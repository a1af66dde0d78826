namespace MiniRun.Cli.CommandLine;

/// <summary>A command and what carries it out; the result is the exit code.</summary>
internal sealed record CommandDefinition(DockerCommand Command, Func<Invocation, int> Execute)
{
    /// <summary>Whether it makes or deletes files of images, which may belong to any user inside: without root, that needs a user namespace.</summary>
    internal bool WritesImages { get; init; }
}

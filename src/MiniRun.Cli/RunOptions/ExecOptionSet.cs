using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>All options and arguments of `exec`, as `exec` and `explain exec` declare them.</summary>
internal sealed class ExecOptionSet
{
    private readonly Option<bool> _detach = Switch("--detach", "Leave it running, its output unread", "-d");
    private readonly Option<bool> _interactive = Switch("--interactive", "Keep stdin open; without it the program reads nothing", "-i");
    private readonly Option<bool> _terminal = Switch("--tty", "Give the program a terminal of its own", "-t");
    private readonly Option<string?> _detachKeys = CallerOptions.DetachKeysOption();
    private readonly Option<string?> _user = Value("--user", "USER[:GROUP]", "Run as this user (default: the container's)", "-u");
    private readonly Option<string?> _workingDirectory = Value("--workdir", "FOLDER", "Working directory inside (default: the container's)", "-w");
    private readonly Option<bool> _privileged = Switch("--privileged", "Every capability there is");
    private readonly Option<bool> _trace = Switch("--trace", "Print each step of the plan to stderr, with its result and microseconds");
    private readonly EnvironmentOptions _environment = new();
    private readonly Argument<string[]> _words = new("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };

    internal void AddTo(DockerCommand command)
    {
        command.Add(new OptionGroup(
            "Options",
            [_detach, _interactive, _terminal, _detachKeys, _user, _environment.Variables, _environment.Files, _workingDirectory, _privileged, _trace]));
        command.Arguments.Add(_words);
    }

    internal bool Trace(ParseResult values) => values.GetValue(_trace);

    internal ExecChoices Read(ParseResult values)
    {
        string[] words = values.GetValue(_words) ?? [];
        if (words.Length < 2)
        {
            throw new UsageException("'minirun exec' requires at least 2 arguments, the container and the program; see 'minirun exec --help'");
        }

        return new ExecChoices
        {
            Container = words[0],
            Command = words[1..],
            Detach = values.GetValue(_detach),
            Interactive = values.GetValue(_interactive),
            Terminal = values.GetValue(_terminal),
            DetachKeys = CallerOptions.Keys(values, _detachKeys),
            User = values.GetValue(_user),
            WorkingDirectory = values.GetValue(_workingDirectory),
            Privileged = values.GetValue(_privileged),
            Environment = _environment.Read(values),
        };
    }
}

using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>All options and arguments of `run`, as `run` and `explain run` declare them.</summary>
internal sealed class RunOptionSet
{
    private readonly Option<string?> _name = Value("--name", "NAME", "The container's name (default: one is made up)");
    private readonly Option<string?> _pull = Value("--pull", "WHEN", "Ask a registry for the image: missing (default), always or never");
    private readonly Option<string?> _platform = Value("--platform", "OS/ARCH", "The image for this platform (default: this machine's)");
    private readonly Option<bool> _trace = Switch("--trace", "Print each step of the launch plan to stderr, with its result and microseconds");
    private readonly LifeOptions _life = new();
    private readonly LogOptionSet _log = new();
    private readonly ProcessOptions _process = new();
    private readonly PrivilegeOptions _privilege = new();
    private readonly FileOptions _files = new();
    private readonly NamespaceOptions _namespaces = new();
    private readonly ResourceOptions _resources = new();
    private readonly LaterOptions _later = new();
    private readonly Argument<string[]> _words = new("IMAGE") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Whether a variable that is named without a value gets the caller's; not so where a container's own words are read again.</summary>
    internal bool PassesVariables { get; init; } = true;

    internal CallerOptions Caller { get; } = new();

    internal void AddTo(DockerCommand command)
    {
        command.Add(new OptionGroup("The container", [_name, _pull, _platform, _trace]));
        command.Add(_life.Group);
        command.Add(_process.Group);
        command.Add(_privilege.Group);
        command.Add(_files.Group);
        command.Add(_namespaces.Group);
        command.Add(_resources.Group);
        command.Add(_log.Group);
        command.Add(_life.HealthGroup);
        command.Add(Caller.Group);
        command.Add(_later.Group);
        command.Arguments.Add(_words);
    }

    internal bool Trace(ParseResult values) => values.GetValue(_trace);

    /// <summary>The one request that everything behind the command line works from.</summary>
    /// <exception cref="Linux.MiniRunException">A value is wrong; the first one found is named.</exception>
    internal RunRequest Read(ParseResult values)
    {
        _later.Refuse(values);
        string[] words = values.GetValue(_words) ?? [];
        if (words.Length == 0)
        {
            throw new UsageException("'minirun run' requires at least 1 argument, the image; see 'minirun run --help'");
        }

        return new RunRequest
        {
            Image = words[0],
            Command = words[1..],
            Pull = PullOption.Parse(values.GetValue(_pull)),
            Platform = values.GetValue(_platform) is { } platform ? Platform.Parse(platform) : null,
            Name = values.GetValue(_name) is { Length: > 0 } name ? ContainerName.Check(name) : null,
            Life = _life.Read(values) with { Log = _log.Read(values) },
            Process = _process.Read(values, PassesVariables),
            Privilege = _privilege.Read(values),
            Files = _files.Read(values),
            Namespaces = _namespaces.Read(values),
            Resources = _resources.Read(values),
        };
    }
}

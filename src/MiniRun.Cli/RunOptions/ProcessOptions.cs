using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux.Processes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about the program itself.</summary>
internal sealed class ProcessOptions
{
    private readonly Option<bool> _interactive = Switch("--interactive", "Keep stdin open; without it the program reads nothing", "-i");
    private readonly Option<bool> _terminal = Switch("--tty", "Give the program a terminal of its own", "-t");
    private readonly Option<string?> _workingDirectory = Value("--workdir", "FOLDER", "Working directory inside; made if it is missing", "-w");
    private readonly Option<string?> _user = Value("--user", "USER[:GROUP]", "Run as this user: a number or a name of the image's passwd", "-u");
    private readonly Option<string[]> _groups = Values("--group-add", "GROUP", "One more supplementary group");
    private readonly Option<string?> _umask = Value("--umask", "OCTAL", "The program's file mode mask (default: 0022)");
    private readonly Option<string?> _entrypoint = Value("--entrypoint", "PROGRAM", "Replace the image's entrypoint; \"\" takes it away");
    private readonly Option<string[]> _ulimits = Values("--ulimit", "NAME=SOFT[:HARD]", "A resource limit, such as nofile=1024:2048");
    private readonly Option<string?> _oomScore = Value("--oom-score-adj", "NUMBER", "Whom the OOM killer prefers: -1000 (never) to 1000 (first)");
    private readonly Option<string?> _stopSignal = Value("--stop-signal", "SIGNAL", "The signal that asks the program to end (default: SIGTERM)");
    private readonly Option<bool> _init = Switch("--init", "Keep minirun-init as process 1: it forwards signals and reaps orphans");
    private readonly EnvironmentOptions _environment = new();

    internal ProcessOptions()
    {
        Group = new OptionGroup(
            "The program",
            [_interactive, _terminal, _environment.Variables, _environment.Files, _workingDirectory, _user, _groups, _umask, _entrypoint, _ulimits, _oomScore, _stopSignal, _init]);
    }

    internal OptionGroup Group { get; }

    internal ProcessChoices Read(ParseResult values, bool passVariables) => new()
    {
        Interactive = values.GetValue(_interactive),
        Terminal = values.GetValue(_terminal),
        Environment = _environment.Read(values, passVariables),
        WorkingDirectory = values.GetValue(_workingDirectory),
        User = values.GetValue(_user),
        AdditionalGroups = values.GetValue(_groups) ?? [],
        Umask = values.One(_umask, (text, option) => OptionNumber.ParseOctal(text, option, 0x1ff)),
        Entrypoint = values.GetValue(_entrypoint),
        Ulimits = values.Each(_ulimits, Ulimit.Parse),
        OomScoreAdjust = (int?)values.One(_oomScore, (text, option) => OptionNumber.Parse(text, option, -1000, 1000)),
        StopSignal = values.One(_stopSignal, (text, _) => Signals.Parse(text)) ?? 0,
        Init = values.GetValue(_init),
    };
}

using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli;

/// <summary>All commands, in the groups and order in which --help lists them.</summary>
internal static class CommandTable
{
    internal static IReadOnlyList<CommandGroup> Groups() =>
    [
        new("container", "Containers",
        [
            new("run", RunCommand.Summary, RunCommand.Define),
            new("create", CreateCommand.Summary, CreateCommand.Define),
            new("start", StartCommand.Summary, StartCommand.Define),
            new("stop", StopCommand.Summary, StopCommand.Define),
            new("restart", StopCommand.RestartSummary, StopCommand.DefineRestart),
            new("kill", KillCommand.Summary, KillCommand.Define),
            new("pause", PauseCommand.Summary, PauseCommand.Define),
            new("unpause", PauseCommand.UnpauseSummary, PauseCommand.DefineUnpause),
            new("wait", WaitCommand.Summary, WaitCommand.Define),
            new("rm", RmCommand.Summary, RmCommand.Define),
            new("rename", RenameCommand.Summary, RenameCommand.Define),
            new("update", UpdateCommand.Summary, UpdateCommand.Define),
            new("exec", ExecCommand.Summary, ExecCommand.Define),
            new("attach", AttachCommand.Summary, AttachCommand.Define),
            new("logs", LogsCommand.Summary, LogsCommand.Define),
            new("ps", PsCommand.Summary, PsCommand.Define),
            new("top", TopCommand.Summary, TopCommand.Define),
            new("stats", StatsCommand.Summary, StatsCommand.Define),
            new("port", PortCommand.Summary, PortCommand.Define),
            new("cp", CpCommand.Summary, CpCommand.Define),
            new("diff", DiffCommand.Summary, DiffCommand.Define),
            new("inspect", InspectCommand.Summary, InspectCommand.Define),
            new("commit", CommitCommand.Summary, CommitCommand.Define),
            new("export", ExportCommand.Summary, ExportCommand.Define),
            new("container prune", ContainerPruneCommand.Summary, ContainerPruneCommand.Define),
        ]),
        new("image", "Images",
        [
            new("pull", PullCommand.Summary, PullCommand.Define),
            new("push", PushCommand.Summary, PushCommand.Define),
            new("images", ImagesCommand.Summary, ImagesCommand.Define),
            new("build", BuildCommand.Summary, BuildCommand.Define),
            new("tag", TagCommand.Summary, TagCommand.Define),
            new("rmi", RmiCommand.Summary, RmiCommand.Define),
            new("history", HistoryCommand.Summary, HistoryCommand.Define),
            new("save", SaveCommand.Summary, SaveCommand.Define),
            new("load", LoadCommand.Summary, LoadCommand.Define),
            new("import", ImportCommand.Summary, ImportCommand.Define),
            new("login", LoginCommand.Summary, LoginCommand.Define),
            new("logout", LogoutCommand.Summary, LogoutCommand.Define),
            new("image prune", ImagePruneCommand.Summary, ImagePruneCommand.Define),
        ]),
        new("volume", "Volumes",
        [
            new("volume create", VolumeCreateCommand.Summary, VolumeCreateCommand.Define),
            new("volume ls", VolumeListCommand.Summary, VolumeListCommand.Define),
            new("volume inspect", InspectCommand.VolumeSummary, InspectCommand.DefineVolume),
            new("volume rm", VolumeRemoveCommand.Summary, VolumeRemoveCommand.Define),
            new("volume prune", VolumePruneCommand.Summary, VolumePruneCommand.Define),
        ]),
        new("system", "This machine",
        [
            new("info", InfoCommand.Summary, InfoCommand.Define),
            new("events", EventsCommand.Summary, EventsCommand.Define),
            new("system df", SystemDfCommand.Summary, SystemDfCommand.Define),
            new("system prune", SystemPruneCommand.Summary, SystemPruneCommand.Define),
        ]),
        new("", "minirun",
        [
            new("explain", ExplainCommand.Summary, ExplainCommand.Define),
            new("man", ManCommand.Summary, ManCommand.Define),
            new("completion", CompletionCommand.Summary, CompletionCommand.Define),
            new("version", VersionCommand.Summary, VersionCommand.Define),
        ]),
    ];

    /// <summary>All of them.</summary>
    internal static IEnumerable<CommandEntry> Entries()
    {
        foreach (CommandGroup group in Groups())
        {
            foreach (CommandEntry entry in group.Entries)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The group that a word alone names, as docker's do; null where it names none.</summary>
    internal static CommandGroup? Group(string word)
    {
        foreach (CommandGroup group in Groups())
        {
            if (group.Word == word && word.Length > 0)
            {
                return group;
            }
        }

        return null;
    }

    /// <summary>What docker's command groups call commands that have a name of their own.</summary>
    private static string Plain(string name) => name switch
    {
        "image ls" or "image list" => "images",
        "image rm" or "image remove" => "rmi",
        "image inspect" or "container inspect" => name,
        "image pull" or "image push" or "image tag" or "image history" or "image save" or "image load" or "image import" or "image build" => name["image ".Length..],
        "system info" => "info",
        "volume list" => "volume ls",
        "volume remove" => "volume rm",
        _ => ContainerCommand(name),
    };

    /// <summary>"container stop" is "stop", and so on.</summary>
    private static string ContainerCommand(string name) => name switch
    {
        "container ls" or "container list" or "container ps" => "ps",
        "container remove" => "rm",
        "container prune" => name,
        _ => name.StartsWith("container ", StringComparison.Ordinal) ? name["container ".Length..] : name,
    };

    /// <summary>Finds the command that words begin with, and how many of them are its name: "image prune" has two.</summary>
    internal static CommandDefinition? Find(ReadOnlySpan<string> words, out int length)
    {
        length = words is ["image" or "system" or "container" or "volume", _, ..] ? 2 : 1;
        string name = Plain(length == 2 ? $"{words[0]} {words[1]}" : words[0]);
        foreach (CommandEntry entry in Entries())
        {
            if (entry.Name == name)
            {
                return entry.Define();
            }
        }

        return Unlisted(name);
    }

    /// <summary>Commands that --help does not list: minirun's own, and those that are another one for containers or images alone.</summary>
    private static CommandDefinition? Unlisted(string name) => name switch
    {
        MonitorProgram.Command => MonitorCommand.Define(),
        CompletionCommand.Hidden => CompletionCommand.DefineHidden(),
        VolumeFilling.StageCommand => FillVolumeCommand.Define(),
        "container inspect" => InspectCommand.DefineContainer(),
        "image inspect" => InspectCommand.DefineImage(),
        _ => null,
    };
}

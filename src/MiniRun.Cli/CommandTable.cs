using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli;

/// <summary>All commands, in the order --help lists them.</summary>
internal static class CommandTable
{
    internal static IReadOnlyList<CommandEntry> Entries() =>
    [
        new("run", RunCommand.Summary, RunCommand.Define),
        new("create", CreateCommand.Summary, CreateCommand.Define),
        new("start", StartCommand.Summary, StartCommand.Define),
        new("stop", StopCommand.Summary, StopCommand.Define),
        new("restart", StopCommand.RestartSummary, StopCommand.DefineRestart),
        new("attach", AttachCommand.Summary, AttachCommand.Define),
        new("wait", WaitCommand.Summary, WaitCommand.Define),
        new("pause", PauseCommand.Summary, PauseCommand.Define),
        new("unpause", PauseCommand.UnpauseSummary, PauseCommand.DefineUnpause),
        new("rename", RenameCommand.Summary, RenameCommand.Define),
        new("top", TopCommand.Summary, TopCommand.Define),
        new("update", UpdateCommand.Summary, UpdateCommand.Define),
        new("build", BuildCommand.Summary, BuildCommand.Define),
        new("exec", ExecCommand.Summary, ExecCommand.Define),
        new("explain", ExplainCommand.Summary, ExplainCommand.Define),
        new("ps", PsCommand.Summary, PsCommand.Define),
        new("logs", LogsCommand.Summary, LogsCommand.Define),
        new("cp", CpCommand.Summary, CpCommand.Define),
        new("diff", DiffCommand.Summary, DiffCommand.Define),
        new("port", PortCommand.Summary, PortCommand.Define),
        new("kill", KillCommand.Summary, KillCommand.Define),
        new("rm", RmCommand.Summary, RmCommand.Define),
        new("pull", PullCommand.Summary, PullCommand.Define),
        new("images", ImagesCommand.Summary, ImagesCommand.Define),
        new("inspect", InspectCommand.Summary, InspectCommand.Define),
        new("history", HistoryCommand.Summary, HistoryCommand.Define),
        new("tag", TagCommand.Summary, TagCommand.Define),
        new("save", SaveCommand.Summary, SaveCommand.Define),
        new("load", LoadCommand.Summary, LoadCommand.Define),
        new("import", ImportCommand.Summary, ImportCommand.Define),
        new("export", ExportCommand.Summary, ExportCommand.Define),
        new("commit", CommitCommand.Summary, CommitCommand.Define),
        new("rmi", RmiCommand.Summary, RmiCommand.Define),
        new("image prune", ImagePruneCommand.Summary, ImagePruneCommand.Define),
        new("container prune", ContainerPruneCommand.Summary, ContainerPruneCommand.Define),
        new("volume create", VolumeCreateCommand.Summary, VolumeCreateCommand.Define),
        new("volume ls", VolumeListCommand.Summary, VolumeListCommand.Define),
        new("volume inspect", VolumeInspectCommand.Summary, VolumeInspectCommand.Define),
        new("volume rm", VolumeRemoveCommand.Summary, VolumeRemoveCommand.Define),
        new("volume prune", VolumePruneCommand.Summary, VolumePruneCommand.Define),
        new("system df", SystemDfCommand.Summary, SystemDfCommand.Define),
        new("system prune", SystemPruneCommand.Summary, SystemPruneCommand.Define),
        new("push", PushCommand.Summary, PushCommand.Define),
        new("login", LoginCommand.Summary, LoginCommand.Define),
        new("logout", LogoutCommand.Summary, LogoutCommand.Define),
        new("man", ManCommand.Summary, ManCommand.Define),
        new("completion", CompletionCommand.Summary, CompletionCommand.Define),
        new("version", VersionCommand.Summary, VersionCommand.Define),
    ];

    /// <summary>What docker's command groups call commands that have a name of their own.</summary>
    private static string Plain(string name) => name switch
    {
        "image ls" or "image list" => "images",
        "image rm" or "image remove" => "rmi",
        "image inspect" or "container inspect" => name,
        "image pull" or "image push" or "image tag" or "image history" or "image save" or "image load" or "image import" or "image build" => name["image ".Length..],
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
        MonitorCommand.Name => MonitorCommand.Define(),
        CompletionCommand.Hidden => CompletionCommand.DefineHidden(),
        VolumeFilling.StageCommand => FillVolumeCommand.Define(),
        "container inspect" => InspectCommand.DefineContainer(),
        "image inspect" => InspectCommand.DefineImage(),
        _ => null,
    };
}

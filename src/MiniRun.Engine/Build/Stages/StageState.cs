using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Build.Stages;

/// <summary>What a stage is at some point of its build: what its image would be if it ended here.</summary>
public sealed record StageState
{
    public static readonly IReadOnlyList<string> DefaultShell = ["/bin/sh", "-c"];

    public required Platform Platform { get; init; }

    public ImageConfig Config { get; init; } = new();

    public string Author { get; init; } = "";

    /// <summary>The lowest first.</summary>
    public IReadOnlyList<BuiltLayer> Layers { get; init; } = [];

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Whether this stage itself has a CMD, which its ENTRYPOINT then leaves alone.</summary>
    public bool HasOwnCommand { get; init; }

    /// <summary>Stands for everything that was done so far: the same key, the same files and configuration.</summary>
    public required StepKey Key { get; init; }

    /// <summary>The characters that this build has added to the history, which repeats all that it has put into the configuration.</summary>
    private long Written { get; init; }

    public IReadOnlyList<string> Shell => Config.Shell.Count > 0 ? Config.Shell : DefaultShell;

    public string WorkingDirectory => Config.WorkingDir.Length > 0 ? Config.WorkingDir : "/";

    /// <summary>The time of the latest layer; null while there is none.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The stage after an instruction without files. It takes no time of its own, so that building it again gives the same image.</summary>
    /// <exception cref="MiniRunException">The image says more than can be read of one.</exception>
    public StageState With(ConfigChange change) => Counted(change.History) with
    {
        Config = change.Config,
        Author = change.Author ?? Author,
        HasOwnCommand = HasOwnCommand || change.SetsCommand,
        History = [.. History, Entry(change.History, Created, emptyLayer: true)],
        Key = Key.After([change.History, .. change.Parts]),
    };

    /// <summary>The stage after an instruction that has made a layer.</summary>
    /// <exception cref="MiniRunException">The image says more than can be read of one.</exception>
    public StageState With(BuiltLayer layer, string history, StepKey key, DateTimeOffset created) => Counted(history) with
    {
        Created = created,
        Layers = [.. Layers, layer],
        History = [.. History, Entry(history, created, emptyLayer: false)],
        Key = key,
    };

    /// <summary>Refused now and not at the end: variables of variables could fill the memory before.</summary>
    private StageState Counted(string history) => Written + history.Length <= DocumentReader.MaxSize
        ? this with { Written = Written + history.Length }
        : throw new MiniRunException($"the image's configuration, with its variables, labels and history, would be larger than {DocumentReader.MaxSize} bytes, which is the most that is read of one");

    private HistoryEntry Entry(string createdBy, DateTimeOffset? created, bool emptyLayer) =>
        new() { Created = created, CreatedBy = createdBy, Author = Author, Comment = "minirun.dockerfile", EmptyLayer = emptyLayer };
}

using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Build.Steps;

/// <summary>The images that stages begin with and copy from.</summary>
internal sealed class BaseImages(BuildSession session)
{
    // Docker's, for images that say nothing; runc's too.
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What a stage is at its beginning; "scratch" is nothing at all.</summary>
    /// <param name="platform">FROM's own --platform; null is the build's.</param>
    /// <exception cref="MiniRunException">There is no such image.</exception>
    internal StageState Begin(string name, Platform? platform)
    {
        if (name == "scratch")
        {
            return WithPath(new StageState { Platform = platform ?? session.Target, Key = StepKey.OfBase("scratch") });
        }

        Image image = Get(name, platform);
        return WithPath(image.Stored is { } stored ? OfStored(stored) : OfSample(image));
    }

    /// <summary>An image's folders, topmost first, for COPY --from.</summary>
    /// <exception cref="MiniRunException">There is no such image.</exception>
    internal IReadOnlyList<string> FoldersOf(string name) => Get(name, null).Layers;

    private Image Get(string name, Platform? platform) =>
        session.Supply.Get(name, session.Request.Pull ? PullPolicy.Always : PullPolicy.Missing, platform ?? session.Request.Platform);

    private static StageState OfStored(StoredImage image)
    {
        List<BuiltLayer> layers = [];
        for (int i = 0; i < image.Manifest.Layers.Count; i++)
        {
            layers.Add(new BuiltLayer(image.Manifest.Layers[i], image.Document.DiffIds[i]));
        }

        return new StageState
        {
            Platform = image.Document.Platform,
            Config = image.Document.Config,
            Author = image.Document.Author,
            Layers = layers,
            History = image.Document.History,
            Created = image.Document.Created,
            Key = StepKey.OfBase(image.Id.ToString()),
        };
    }

    /// <summary>A sample is a folder: it becomes a layer when it is built upon.</summary>
    private StageState OfSample(Image image)
    {
        BuiltLayer layer = new LayerCommit(session).Import(image.Layers[0]);
        var state = new StageState { Platform = Platform.Host, Config = image.Config, Key = StepKey.OfBase(layer.DiffId.ToString()) };
        FileStatus folder = FileStatus.Of(image.Layers[0])!.Value;
        return state.With(layer, $"COPY sample {image.Name} /", state.Key, DateTimeOffset.FromUnixTimeSeconds(folder.ModifiedSeconds));
    }

    private static StageState WithPath(StageState state) =>
        state.Config.Env.Any(variable => variable.StartsWith("PATH=", StringComparison.Ordinal))
            ? state
            : state with { Config = state.Config with { Env = [.. state.Config.Env, DefaultPath] } };
}

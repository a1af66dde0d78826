using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Contexts;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Build;

/// <summary>`minirun build`: from a Dockerfile and a context to an image in the store.</summary>
public sealed class BuildImage(BuildServices services)
{
    /// <summary>Builds an image and gives it its names.</summary>
    /// <returns>The image's id.</returns>
    /// <exception cref="MiniRunException">A step failed, and its line is named; nothing is left but the layers of the steps before it.</exception>
    /// <exception cref="OperationCanceledException">The same, where the build was interrupted.</exception>
    public Digest Build(BuildRequest request, BuildObserver observer, CancellationToken cancellation)
    {
        var store = new ImageStore(services.Containers.Data);
        using IDisposable use = store.Use();
        store.RemoveDead();
        using StagingFolder staging = StagingFolder.Make(store.Staging);
        var session = new BuildSession(request, services, observer, staging.Path, cancellation);
        using BuildContext context = new ContextOpening(request.Context, session.NewPath()).Open();
        Tell(context.Dockerfile, request, observer);
        StageState result = BuildStages(session, context);
        return Keep(session, result);
    }

    private static void Tell(Dockerfile file, BuildRequest request, BuildObserver observer)
    {
        if (file.Directives.Syntax is { } syntax && !syntax.StartsWith("docker/dockerfile", StringComparison.Ordinal))
        {
            observer.Remark?.Invoke($"{file.Source.Name}: \"# syntax={syntax}\" is not followed: minirun reads Dockerfiles itself and runs no frontend image");
        }

        bool runs = file.Stages.Any(stage => stage.Instructions.Any(instruction => instruction is RunInstruction));
        if (runs && request.Network == Options.NamespaceChoice.Host)
        {
            observer.Remark?.Invoke("the programs of RUN use the host's network (--network none cuts them off)");
        }
    }

    private static StageState BuildStages(BuildSession session, BuildContext context)
    {
        Dockerfile file = context.Dockerfile;
        var expander = new Expander(file.Source, file.Directives.Escape);
        var given = new GivenArguments(session.Request.Arguments);
        var globals = new GlobalScope(file, expander, given, Platform.Host, session.Target);
        var order = new StageOrder(file, globals, expander);
        IReadOnlyList<int> needed = order.Needed(session.Request.Target);
        var progress = new BuildProgress(session.Observer, needed.Sum(stage => 1 + file.Stages[stage].Instructions.Count));
        Dictionary<int, StageState> built = [];
        foreach (int stage in needed)
        {
            progress.Enter(file.Stages[stage].From.StageName, file.Stages.Count > 1 ? stage : -1);
            StageState state = Begin(session, file, globals, order, built, stage, progress, expander);
            var builder = new StageBuilder(session, context, new StageSources(session, order, built, stage), progress, new StageScope(globals, expander));
            built[stage] = builder.Build(state, file.Stages[stage].Instructions, order.BaseOf(stage));
        }

        if (given.Unused() is { Count: > 0 } unused)
        {
            session.Observer.Remark?.Invoke($"one or more build args [{string.Join(' ', unused)}] were not consumed");
        }

        return built[needed[^1]];
    }

    private static StageState Begin(BuildSession session, Dockerfile file, GlobalScope globals, StageOrder order, Dictionary<int, StageState> built, int stage, BuildProgress progress, Expander expander)
    {
        FromInstruction from = file.Stages[stage].From;
        BuildStep step = progress.Begin(from.Original);
        try
        {
            Platform? platform = from.Platform is { } word ? Platform.Parse(expander.Expand(word, globals.Lookup)) : null;
            StageState state = order.Find(order.BaseOf(stage), stage) is { } below
                ? built[below] with { HasOwnCommand = false }
                : new BaseImages(session).Begin(order.BaseOf(stage), platform);
            progress.End(step, BuildStepOutcome.Done);
            return state;
        }
        catch (MiniRunException failure) when (failure is not DockerfileException)
        {
            throw file.Source.Error(from.Image.Offset, failure);
        }
    }

    private static Digest Keep(BuildSession session, StageState state)
    {
        List<KeyValuePair<string, string>> labels = [.. state.Config.Labels];
        foreach ((string key, string value) in session.Request.Labels)
        {
            Labels.Set(labels, key, value);
        }

        var document = new ImageDocument
        {
            Platform = state.Platform,
            Created = state.Created ?? session.Now(),
            Author = state.Author,
            Config = state.Config with { Labels = labels },
            DiffIds = [.. state.Layers.Select(layer => layer.DiffId)],
            History = state.History,
        };
        StoredImage image = session.Store.AddImage(document, [.. state.Layers.Select(layer => layer.Blob)]);
        session.Store.Name(image.ManifestDescriptor, session.Request.Names);
        return image.Id;
    }
}

using System.Globalization;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Build;

/// <summary>What all steps of one build work with.</summary>
internal sealed class BuildSession(BuildRequest request, BuildServices services, BuildObserver observer, string scratch, CancellationToken cancellation)
{
    private int _folders;

    internal BuildRequest Request => request;

    internal ContainerStore Containers => services.Containers;

    internal Runtime.Lifecycle.Containers Runtime => services.Runtime;

    internal ImageSupply Supply => services.Images;

    internal BuildObserver Observer => observer;

    internal CancellationToken Cancellation => cancellation;

    internal ImageStore Store { get; } = new(services.Containers.Data);

    internal StepCache Cache => new(services.Containers.Data, Store);

    internal Platform Target => request.Platform ?? Platform.Host;

    /// <summary>A path of the scratch folder at which nothing is yet.</summary>
    internal string NewPath() => $"{scratch}/{(++_folders).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The time of what is made now.</summary>
    internal DateTimeOffset Now() => request.LatestTime ?? DateTimeOffset.UtcNow;

    /// <summary>The folders of a stage's layers, topmost first.</summary>
    internal IReadOnlyList<string> FoldersOf(IReadOnlyList<BuiltLayer> layers)
    {
        string[] folders = new string[layers.Count];
        for (int i = 0; i < folders.Length; i++)
        {
            folders[^(i + 1)] = Store.Layers.PathOf(layers[i].DiffId);
        }

        return folders;
    }
}

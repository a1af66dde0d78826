using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inventory;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Runtime;

namespace MiniRun.Cli.Commands;

/// <summary>The parts that can be pruned, each by itself and all by `system prune`: carried out, listed as docker does, and answered by the bytes that were freed.</summary>
internal sealed class PrunedParts(Invocation invocation)
{
    private readonly TextWriter _output = invocation.Terminal.Out;

    /// <summary>Which images go, in docker's words.</summary>
    internal static string ImagesMeant(bool all) => all ? "all images without at least one container associated to them" : "all dangling images";

    /// <summary>Asks, unless that is not wanted, and says at the end how much room was made.</summary>
    internal int Prune(bool force, string warning, Func<long> prune)
    {
        if (force || Confirmation.Ask(invocation.Terminal, warning))
        {
            _output.WriteLine($"\nTotal reclaimed space: {HumanSize.Of(prune())}");
        }

        return ExitCode.Success;
    }

    internal long Containers()
    {
        (IReadOnlyList<ContainerId> deleted, long bytes) = new PruneContainers(invocation.Store(), invocation.Runtime()).Prune();
        List("Deleted Containers:", deleted.Select(id => id.Value));
        return bytes;
    }

    /// <param name="all">Also volumes that were named.</param>
    /// <param name="filter">Which of them.</param>
    internal long Volumes(bool all, VolumeFilter filter)
    {
        Lazy<VolumeUsers> users = new(() => VolumeUsers.Read(invocation.Store()));
        (IReadOnlyList<VolumeName> deleted, long bytes) = new RemoveVolume(invocation.Store()).Prune(volume => (all || volume.IsAnonymous) && filter.Takes(volume, users));
        List("Deleted Volumes:", deleted.Select(name => name.Value));
        return bytes;
    }

    internal long Images(bool all)
    {
        (IReadOnlyList<string> untagged, CollectedContents deleted) =
            new PruneImages(new ImageStore(invocation.DataRoot()), invocation.Store(), invocation.Runtime()).Prune(all);
        EventLog events = new(invocation.DataRoot());
        foreach (string name in untagged)
        {
            events.Image("untag", name, name);
        }

        List("Deleted Images:", [.. untagged.Select(name => $"untagged: {name}"), .. deleted.Layers.Select((Digest layer) => $"deleted: {layer}")]);
        return deleted.Bytes;
    }

    internal long BuildCache(bool all)
    {
        (IReadOnlyList<string> deleted, long bytes) = new PruneBuildCache(invocation.DataRoot()).Prune(all);
        List("Deleted build cache objects:", deleted);
        return bytes;
    }

    private void List(string heading, IEnumerable<string> lines)
    {
        string title = $"{heading}\n";
        foreach (string line in lines)
        {
            _output.WriteLine(title + line);
            title = "";
        }
    }
}

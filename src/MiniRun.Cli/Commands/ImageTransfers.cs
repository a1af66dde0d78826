using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output.Transfers;
using MiniRun.Engine;
using MiniRun.Engine.Events;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Engine.Pulling;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Rootless;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>Pulls, for `pull` itself and for the commands that need an image.</summary>
internal static class ImageTransfers
{
    internal static PulledImage Pull(DataRoot data, ImageReference name, Platform? platform, ITransferProgress progress)
    {
        using RegistryClient registry = RegistryClient.Open(Environment.GetEnvironmentVariable);
        PulledImage pulled = new PullImage(new ImageStore(data), registry, progress).PullAsync(name, platform, CancellationToken.None).GetAwaiter().GetResult();
        new EventLog(data).Image("pull", name.Familiar, name.Familiar);
        return pulled;
    }

    /// <summary>Images for containers, from here or a registry; what there is to say of it goes to standard error, as docker has it.</summary>
    internal static ImageSupply Supply(Invocation invocation) => new(invocation.DataRoot(), (name, platform) =>
    {
        if (UserNamespaceStage.IsWanted())
        {
            PullOnStage(invocation, name, platform);
            return;
        }

        PulledImage pulled;
        using (ITransferOutput progress = TransferOutput.OnError(invocation.Terminal))
        {
            pulled = Pull(invocation.DataRoot(), name, platform, progress);
        }

        Report(invocation.Terminal.Error, name, pulled);
    })
    {
        Missing = name => invocation.Terminal.Error.WriteLine($"Unable to find image '{name.Familiar}' locally"),
    };

    /// <summary>What a pull came to, in docker's words.</summary>
    internal static void Report(TextWriter output, ImageReference name, PulledImage pulled)
    {
        output.WriteLine($"Digest: {pulled.Digest}");
        output.WriteLine(pulled.WasUpToDate ? $"Status: Image is up to date for {name.Familiar}" : $"Status: Downloaded newer image for {name.Familiar}");
    }

    private static void PullOnStage(Invocation invocation, ImageReference name, Platform? platform)
    {
        string[] words = platform is null ? ["pull", "--quiet", name.ToString()] : ["pull", "--quiet", "--platform", platform.ToString(), name.ToString()];
        if (UserNamespaceStage.RunMiniRun(words, invocation.DataRoot(), invocation.StateRoot()) != ExitCode.Success)
        {
            throw new MiniRunException($"{name.Familiar} could not be pulled");
        }
    }
}

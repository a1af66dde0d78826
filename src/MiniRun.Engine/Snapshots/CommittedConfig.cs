using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Inspection;

namespace MiniRun.Engine.Snapshots;

/// <summary>What an image says that is made of a container: docker's rule is that it is what the container was run with, whether the image said so or `run`. Pure.</summary>
internal static class CommittedConfig
{
    internal static ImageConfig Of(RunRequest request, ImageConfig image) => image with
    {
        // `-e NAME` without a value takes a variable away; an image cannot say that, and has none of it then.
        Env = [.. MergedConfig.Env(request.Process, image).Where(static variable => variable.Contains('=', StringComparison.Ordinal))],
        Entrypoint = MergedConfig.Entrypoint(request, image),
        Cmd = MergedConfig.Command(request, image),
        WorkingDir = request.Process.WorkingDirectory ?? image.WorkingDir,
        User = request.Process.User ?? image.User,
        Volumes = [.. image.Volumes.Union(MountsJson.Unnamed(request.Files.Mounts))],
        StopSignal = MergedConfig.StopSignal(request.Process, image),
        Labels = MergedConfig.Labels(request.Life.Labels, image),
        Healthcheck = MergedConfig.Healthcheck(request.Life.Health, image),
    };
}

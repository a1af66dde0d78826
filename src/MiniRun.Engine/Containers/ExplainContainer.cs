using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun explain run`: the plan that `run` would carry out, made the same way, and nothing else.</summary>
public sealed class ExplainContainer(DataRoot data)
{
    // Every plan is explained for the same id, so that two of them can be compared.
    private static readonly string s_id = new('0', 64);

    /// <exception cref="MiniRunException">`run` would refuse the request as well.</exception>
    public ExplainedPlan Explain(RunRequest request)
    {
        List<string> notes = [];
        Image image = Find(request, notes);
        if (request.Files.VolumesFrom.Count > 0)
        {
            notes.Add("--volumes-from: the other containers' mounts are not shown");
        }

        request = request with { Files = request.Files with { Mounts = DecidedMounts.Of(HostSources.Resolve(request.Files.Mounts, new VolumeStore(data)), image.Config.Volumes, InheritedMounts.None, NewVolume()).Mounts } };
        PreparedContainer prepared = new ContainerPreparation(data).Prepare(request, image, MountedImages.Find(request.Files.Mounts, new LocalImages(data).Get), ContainerId.Parse(s_id), null);
        notes.AddRange(prepared.Bundle.Notes);
        if (prepared.WhyCopied is not null)
        {
            notes.Add(prepared.WhyCopied);
        }

        return new ExplainedPlan(Runtime.Lifecycle.Containers.Plan(prepared.Create), prepared.Bundle.Origins, notes);
    }

    /// <summary>Names for volumes that do not exist, the same ones each time.</summary>
    private static Func<VolumeName> NewVolume()
    {
        int count = 0;
        return () => VolumeName.Parse($"{++count:d64}");
    }

    private Image Find(RunRequest request, List<string> notes)
    {
        try
        {
            return new LocalImages(data).Find(request.Image) ?? throw new MiniRunException($"No such image: {request.Image}: {new SampleImages(data).Known()}");
        }
        catch (MiniRunException missing) when (request.Command.Count > 0)
        {
            // Explaining needs no image: only its users and its own command are unknown.
            notes.Add($"the image is assumed to be empty: {missing.Message}");
            return new Image(request.Image, [$"{data.Samples}/{request.Image}/rootfs"], new ImageConfig());
        }
    }
}

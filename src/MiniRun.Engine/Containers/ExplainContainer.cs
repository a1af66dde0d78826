using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Documents;
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
        PreparedContainer prepared = new ContainerPreparation(data).Prepare(request, Find(request, notes), ContainerId.Parse(s_id), null);
        notes.AddRange(prepared.Bundle.Notes);
        if (prepared.WhyCopied is not null)
        {
            notes.Add(prepared.WhyCopied);
        }

        return new ExplainedPlan(Runtime.Lifecycle.Containers.Plan(prepared.Create), prepared.Bundle.Origins, notes);
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

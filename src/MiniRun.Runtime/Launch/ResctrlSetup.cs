using MiniRun.Linux.Resctrl;

namespace MiniRun.Runtime.Launch;

/// <summary>The container's groups of resctrl: made and set before the container's first process exists.</summary>
internal sealed class ResctrlSetup(LaunchJob job, Undo undo)
{
    private ResctrlHost Host => job.Resctrl ?? throw new InvalidOperationException("a plan with resctrl groups needs the host's");

    /// <exception cref="MiniRun.Linux.MiniRunException">It cannot be made, or is there already.</exception>
    public void Make(string folder)
    {
        ResctrlGroup group = Host.Group(folder);
        group.Make();
        undo.Add(group.Remove);
    }

    /// <exception cref="MiniRun.Linux.MiniRunException">The kernel refuses the lines.</exception>
    public void Write(string folder, string lines) => Host.Group(folder).WriteSchemata(lines);
}

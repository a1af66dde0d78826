using System.Globalization;

namespace MiniRun.Engine.Build;

/// <summary>Counts the steps of a build, and tells of them.</summary>
internal sealed class BuildProgress(BuildObserver observer, int count)
{
    private int _count = count;
    private int _number;
    private string _stage = "";

    /// <summary>More steps have turned up.</summary>
    internal void Add(int more) => _count += more;

    /// <summary>The steps from here on are of this stage; null where there is only one.</summary>
    internal void Enter(string? name, int number) => _stage = name ?? (number < 0 ? "" : $"stage-{number.ToString(CultureInfo.InvariantCulture)}");

    internal BuildStep Begin(string text)
    {
        var step = new BuildStep(++_number, _count, _stage, text);
        observer.Started?.Invoke(step);
        return step;
    }

    internal void End(BuildStep step, BuildStepOutcome outcome) => observer.Ended?.Invoke(step, outcome);
}

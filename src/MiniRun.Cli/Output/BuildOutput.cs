using System.Diagnostics;
using System.Globalization;
using MiniRun.Engine.Build;
using MiniRun.Linux;

namespace MiniRun.Cli.Output;

/// <summary>The progress of a build: a line when a step begins, and one when it has ended. With colours the steps stand out from what their programs write.</summary>
/// <param name="error">Where it goes.</param>
/// <param name="isColored">Whether that is a terminal with colours.</param>
internal sealed class BuildOutput(TextWriter error, bool isColored)
{
    private const int ShownLength = 160;

    private readonly Stopwatch _time = new();

    internal BuildObserver Observer() => new() { Started = Begin, Ended = End, Remark = remark => ErrorReport.Print(error, remark) };

    private void Begin(BuildStep step)
    {
        _time.Restart();
        string text = OneLine.Of(step.Text);
        Print($"{Place(step)} {(text.Length > ShownLength ? $"{text[..ShownLength]}…" : text)}", "\e[1m");
    }

    private void End(BuildStep step, BuildStepOutcome outcome)
    {
        if (outcome == BuildStepOutcome.Cached)
        {
            Print($"{Place(step)} CACHED", "\e[36m");
        }
        else if (_time.ElapsedMilliseconds >= 100)
        {
            Print($"{Place(step)} DONE {_time.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)}s", "\e[36m");
        }
    }

    private static string Place(BuildStep step) =>
        string.Create(CultureInfo.InvariantCulture, $"[{step.Stage}{(step.Stage.Length > 0 ? " " : "")}{step.Number}/{step.Count}]");

    private void Print(string line, string style)
    {
        error.Write(isColored ? $"{style}{line}\e[0m\n" : $"{line}\n");
        error.Flush();
    }
}

using System.Globalization;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>One line a step that was carried out (`run --trace`).</summary>
public static class TracePrinter
{
    private const int CallWidth = 72;

    /// <summary>The step's number, call, result and time in microseconds.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stepIndex">The step's index in it.</param>
    /// <param name="errno">0, or the positive error number.</param>
    /// <param name="duration">How long it took.</param>
    public static string Line(LaunchPlan plan, int stepIndex, int errno, TimeSpan duration)
    {
        string call = StepCall.Of(plan.Steps[stepIndex], plan);
        string shown = call.Length <= CallWidth ? call : call[..(CallWidth - 1)] + "…";
        string result = errno == 0 ? "ok" : ((Errno)errno).ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{stepIndex + 1,4}  {shown,-CallWidth}  {result,-7} {duration.TotalMicroseconds,9:F1} µs");
    }
}

using System.Diagnostics;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// Fault injection: builds with the property MiniRunFaults=true kill themselves where MINIRUN_FAULT says
/// ("launcher:NAME", "launcher-at-step:N", "init:N"). In every other build the calls are not even compiled.
/// </summary>
internal static class Faults
{
    /// <summary>Dies here if MINIRUN_FAULT names this point.</summary>
    [Conditional("MINIRUN_FAULTS")]
    public static void Point(FaultPoint point)
    {
        if (Environment.GetEnvironmentVariable("MINIRUN_FAULT") == "launcher:" + point)
        {
            KillSelf();
        }
    }

    /// <summary>Dies here if MINIRUN_FAULT wants the launcher dead after this 1-based step of init.</summary>
    [Conditional("MINIRUN_FAULTS")]
    public static void AfterInitStep(uint step)
    {
        if (LauncherAtStep == step)
        {
            KillSelf();
        }
    }

#if MINIRUN_FAULTS
    /// <summary>The 1-based step of init at which init is to die, or 0.</summary>
    public static uint InitStep => StepAfter("init:");

    /// <summary>The 1-based step of init after whose report the launcher is to die, or 0.</summary>
    public static uint LauncherAtStep => StepAfter("launcher-at-step:");

    private static uint StepAfter(string prefix)
    {
        string fault = Environment.GetEnvironmentVariable("MINIRUN_FAULT") ?? "";
        return fault.StartsWith(prefix, StringComparison.Ordinal)
            && uint.TryParse(fault.AsSpan(prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out uint step)
            ? step : 0;
    }
#else
    /// <summary>The 1-based step of init at which init is to die: none in this build.</summary>
    public const uint InitStep = 0;

    /// <summary>The 1-based step of init after whose report the launcher is to die: none in this build.</summary>
    public const uint LauncherAtStep = 0;
#endif

    private static void KillSelf()
    {
        using Pidfd? self = Pidfd.TryOpen(CurrentProcess.Pid);
        self?.Signal(Signals.SIGKILL);
    }
}

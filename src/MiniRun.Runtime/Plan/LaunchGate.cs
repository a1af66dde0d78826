namespace MiniRun.Runtime.Plan;

/// <summary>What the container waits for before its program starts.</summary>
public enum LaunchGate
{
    /// <summary>Only for the launcher: its state is written and the program starts.</summary>
    Run,

    /// <summary>For the launcher to have written the state, then, without a launcher, for `start`.</summary>
    Create,
}

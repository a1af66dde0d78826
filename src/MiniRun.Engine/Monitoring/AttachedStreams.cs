namespace MiniRun.Engine.Monitoring;

/// <summary>What a client of a monitor wants.</summary>
[Flags]
public enum AttachedStreams : byte
{
    /// <summary>To hear of starts and ends alone.</summary>
    None = 0,

    Input = 1,

    Output = 2,

    ErrorOutput = 4,

    All = Input | Output | ErrorOutput,
}

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>The constants of native-shims/init/plan.h: magic, version and the bounds of what a plan may hold.</summary>
public static class PlanFormat
{
    /// <summary>"MPLN", little endian.</summary>
    public const uint Magic = 0x4e4c504d;

    public const ushort Version = 1;

    public const int BuildIdSize = 16;

    /// <summary>The most bytes a plan may have.</summary>
    public const int MaxSize = 16 << 20;

    public const int MaxSteps = 8192;

    public const int MaxSlots = 4096;

    /// <summary>The channel's descriptor in minirun-init.</summary>
    public const int ChannelDescriptor = 3;

    public const int PlanDescriptor = 4;

    /// <summary>Inherited slot i is descriptor FirstSlotDescriptor + i.</summary>
    public const int FirstSlotDescriptor = 5;

    /// <summary>Header flag: report every step that succeeded, with its time.</summary>
    public const ushort FlagTrace = 1;
}

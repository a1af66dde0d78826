namespace MiniRun.Runtime.Spec;

/// <summary>Weights 10 to 1000; rates in bytes or operations a second.</summary>
public sealed record BlockIoSpec
{
    public ushort? Weight { get; init; }

    public ushort? LeafWeight { get; init; }

    public IReadOnlyList<WeightDeviceSpec> WeightDevice { get; init; } = [];

    public IReadOnlyList<ThrottleDeviceSpec> ThrottleReadBpsDevice { get; init; } = [];

    public IReadOnlyList<ThrottleDeviceSpec> ThrottleWriteBpsDevice { get; init; } = [];

    public IReadOnlyList<ThrottleDeviceSpec> ThrottleReadIopsDevice { get; init; } = [];

    public IReadOnlyList<ThrottleDeviceSpec> ThrottleWriteIopsDevice { get; init; } = [];
}

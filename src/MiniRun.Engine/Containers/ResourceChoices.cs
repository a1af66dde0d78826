using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of limits; null was not said.</summary>
public sealed record ResourceChoices
{
    public ByteSize? Memory { get; init; }

    /// <summary>Memory plus swap; -1 bytes is unlimited.</summary>
    public ByteSize? MemorySwap { get; init; }

    public ByteSize? MemoryReservation { get; init; }

    public CpuCount? Cpus { get; init; }

    /// <summary>cgroup v1's scale: 2 to 262144, 1024 is everyone's.</summary>
    public ulong? CpuShares { get; init; }

    public string? CpusetCpus { get; init; }

    /// <summary>The most tasks; null is no limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>10 to 1000.</summary>
    public ushort? BlockIoWeight { get; init; }

    public IReadOnlyList<DeviceRate> ReadBytesRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> WriteBytesRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> ReadOperationRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> WriteOperationRates { get; init; } = [];
}

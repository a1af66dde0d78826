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

    /// <summary>CPU CFS period in microseconds.</summary>
    public ulong? CpuPeriod { get; init; }

    /// <summary>Microseconds of each period; -1 is unlimited.</summary>
    public long? CpuQuota { get; init; }

    public string? CpusetCpus { get; init; }

    /// <summary>Memory nodes, in the kernel's notation.</summary>
    public string? CpusetMems { get; init; }

    /// <summary>The most tasks; null is no limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>10 to 1000.</summary>
    public ushort? BlockIoWeight { get; init; }

    public IReadOnlyList<DeviceRate> ReadBytesRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> WriteBytesRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> ReadOperationRates { get; init; } = [];

    public IReadOnlyList<DeviceRate> WriteOperationRates { get; init; } = [];

    /// <summary>--device-cgroup-rule, behind the rules that every container has.</summary>
    public IReadOnlyList<Runtime.Spec.DeviceRuleSpec> DeviceRules { get; init; } = [];

    /// <summary>--cgroup-conf: files of the cgroup and what is written to them, last.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CgroupFiles { get; init; } = [];

    /// <summary>The cgroup below which the container's is made; null is minirun's own choice.</summary>
    public string? CgroupParent { get; init; }
}

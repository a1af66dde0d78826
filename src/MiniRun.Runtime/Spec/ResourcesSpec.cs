namespace MiniRun.Runtime.Spec;

/// <summary>linux.resources: what the cgroup limits. A null part was not given.</summary>
public sealed record ResourcesSpec
{
    public IReadOnlyList<DeviceRuleSpec> Devices { get; init; } = [];

    public MemorySpec? Memory { get; init; }

    public CpuSpec? Cpu { get; init; }

    public PidsSpec? Pids { get; init; }

    public BlockIoSpec? BlockIo { get; init; }

    public IReadOnlyList<HugepageLimitSpec> HugepageLimits { get; init; } = [];

    public NetworkSpec? Network { get; init; }

    public IReadOnlyDictionary<string, RdmaSpec> Rdma { get; init; } = new Dictionary<string, RdmaSpec>();

    public IReadOnlyDictionary<string, string> Unified { get; init; } = new Dictionary<string, string>();
}

namespace MiniRun.Linux.Cgroups;

/// <summary>What linux.resources.blockIO asks for. Weights go from 10 to 1000, null or 0 is unset.</summary>
public sealed record IoLimits
{
    public ushort? Weight { get; init; }

    public ushort? LeafWeight { get; init; }

    public IReadOnlyList<DeviceWeight> DeviceWeights { get; init; } = [];

    /// <summary>Bytes a second.</summary>
    public IReadOnlyList<DeviceRate> ReadBytes { get; init; } = [];

    /// <summary>Bytes a second.</summary>
    public IReadOnlyList<DeviceRate> WriteBytes { get; init; } = [];

    /// <summary>Operations a second.</summary>
    public IReadOnlyList<DeviceRate> ReadOperations { get; init; } = [];

    /// <summary>Operations a second.</summary>
    public IReadOnlyList<DeviceRate> WriteOperations { get; init; } = [];
}

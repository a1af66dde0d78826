namespace MiniRun.Runtime.Spec;

/// <summary>Limits for one RDMA device.</summary>
public sealed record RdmaSpec(uint? HcaHandles, uint? HcaObjects);

using MiniRun.Linux.Cgroups;

namespace MiniRun.Runtime.Plan;

/// <summary>One write to the container's cgroup and the part of the spec that asked for it.</summary>
internal readonly record struct CgroupSetting(CgroupWrite Write, string Source);

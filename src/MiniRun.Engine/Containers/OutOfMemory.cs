using MiniRun.Engine.Options;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>The sentence about the OOM killer.</summary>
internal static class OutOfMemory
{
    private const int KilledStatus = 137;

    internal static string? Remark(ExitReport report, ResourcesSpec resources)
    {
        if (!report.OutOfMemory || report.Status != KilledStatus)
        {
            return null;
        }

        return resources.Memory?.Limit is { } limit
            ? $"killed by the OOM killer: memory limit {new ByteSize(limit)} reached; raise -m"
            : "killed by the OOM killer: the host ran out of memory";
    }
}

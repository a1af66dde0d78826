using MiniRun.Engine.Options;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>The sentence about the OOM killer.</summary>
internal static class OutOfMemory
{
    private const int KilledStatus = 137;

    internal static string? Remark(ExitReport report, ResourcesSpec resources) => Remark(report, resources.Memory?.Limit);

    /// <param name="memory">The limit in bytes; null where there is none.</param>
    internal static string? Remark(ExitReport report, long? memory)
    {
        if (!report.OutOfMemory || report.Status != KilledStatus)
        {
            return null;
        }

        return memory is > 0 and { } limit
            ? $"killed by the OOM killer: memory limit {new ByteSize(limit)} reached; raise -m"
            : "killed by the OOM killer: the host ran out of memory";
    }
}

using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>Who runs the tests: what belongs to others can only be made by root.</summary>
internal static class Ids
{
    public static uint Uid => CurrentProcess.EffectiveUid;

    public static uint Gid => CurrentProcess.EffectiveGid;

    public static bool IsRoot => Uid == 0;
}

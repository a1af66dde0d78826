using MiniRun.Engine.Build.Stages;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>What COPY --from takes files from: a stage before this one, or an image.</summary>
internal sealed class StageSources(BuildSession session, StageOrder order, IReadOnlyDictionary<int, StageState> built, int stage)
{
    /// <summary>The files' root, seen by nobody else.</summary>
    /// <exception cref="MiniRunException">There is no such stage or image.</exception>
    internal FileDescriptor Open(string name)
    {
        IReadOnlyList<string> folders = order.Find(name, stage) is { } number
            ? session.FoldersOf(built[number].Layers)
            : new BaseImages(session).FoldersOf(name);
        return StepRoot.Make(session.NewPath(), folders).Open();
    }
}

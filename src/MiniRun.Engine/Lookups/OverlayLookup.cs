using MiniRun.Linux.Files;
using MiniRun.Linux.Mounts;

namespace MiniRun.Engine.Lookups;

/// <summary>Whether containers can be laid over their image, or must have a copy of it.</summary>
internal static class OverlayLookup
{
    /// <summary>Why they cannot, as a sentence for the user; null where they can.</summary>
    internal static string? WhyImpossible(DataRoot data)
    {
        string folder = FileStatus.Of(data.Containers) is null ? data.Folder : data.Containers;
        return OverlaySupport.WhyNoUpperIn(folder) is { } reason
            ? $"the image is copied for this container, which takes time and space, because {reason}; choose another folder with --data-root"
            : null;
    }
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>A folder that is being filled. Its mode and time are set when it is left: filling it needs the one and changes the other.</summary>
internal sealed class OpenFolder(FileDescriptor descriptor, int pathLength) : IDisposable
{
    public FileDescriptor Descriptor { get; } = descriptor;

    /// <summary>How much of the current path is this folder's.</summary>
    public int PathLength { get; } = pathLength;

    /// <summary>What the folder gets when it is left; null leaves it.</summary>
    public uint? Mode { get; set; }

    public FileTime? Modified { get; set; }

    /// <summary>Whether new files in it get its group instead of the caller's.</summary>
    public bool GivesGroup { get; init; }

    public void Finish(string subject)
    {
        if (Mode is { } mode)
        {
            FileMetadata.ChangeMode(Descriptor, mode, subject);
        }

        if (Modified is { } modified)
        {
            FileMetadata.SetModified(Descriptor, modified, subject);
        }
    }

    public void Dispose() => Descriptor.Dispose();
}

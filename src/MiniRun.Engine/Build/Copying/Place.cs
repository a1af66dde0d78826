using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Where a path inside a root leads to, once links are followed.</summary>
/// <param name="Folder">The open folder it lies in; where it is a folder itself, that one.</param>
/// <param name="Name">Its name in there, null where it is the folder itself.</param>
/// <param name="Path">The way to it from the root without any link, "" for the root.</param>
/// <param name="Existing">What is there, never a symbolic link; null for nothing.</param>
public sealed record Place(FileDescriptor Folder, byte[]? Name, string Path, FileStatus? Existing) : IDisposable
{
    public bool IsFolder => Name is null;

    public void Dispose() => Folder.Dispose();
}

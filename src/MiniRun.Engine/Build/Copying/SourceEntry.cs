using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Something that is copied: its name in an open folder.</summary>
/// <param name="Path">From what was named in COPY, without a slash at its beginning; "" is that itself.</param>
internal readonly record struct SourceEntry(FileDescriptor Folder, byte[] Name, string Path, FileStatus Status);

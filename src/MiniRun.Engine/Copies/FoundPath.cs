using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>What a path leads to, held by descriptors: what is done with it is done with these, and the path is not looked up again.</summary>
internal sealed class FoundPath : IDisposable
{
    /// <summary>The path, with the last links followed that were to be.</summary>
    internal required string Path { get; init; }

    /// <summary>The folder that has it (O_PATH); null where that is not there.</summary>
    internal FileDescriptor? Folder { get; init; }

    /// <summary>What is there (O_PATH); null where nothing is.</summary>
    internal FileDescriptor? Handle { get; init; }

    /// <summary>Of <see cref="Handle"/>.</summary>
    internal FileStatus Status { get; init; }

    /// <summary>Why the folder is not there.</summary>
    internal Errno Error { get; init; }

    internal CopyPlace Place => new(Path, Handle is not null, Handle is not null && Status.IsDirectory);

    public void Dispose()
    {
        Folder?.Dispose();
        Handle?.Dispose();
    }
}

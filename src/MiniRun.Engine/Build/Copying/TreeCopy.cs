using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Copies a tree into an open folder: files and links replace what is there, folders are merged.</summary>
internal sealed class TreeCopy : ITreeVisitor, IDisposable
{
    private readonly Stack<FileDescriptor> _folders = new();
    private readonly CopyRules _rules;

    internal TreeCopy(FileDescriptor destination, CopyRules rules)
    {
        _folders.Push(destination.Duplicate());
        _rules = rules;
    }

    public void Enter(SourceEntry folder)
    {
        FileStatus? existing = FileStatus.OfEntry(_folders.Peek(), folder.Name);
        if (existing is { IsDirectory: false })
        {
            throw new MiniRunException($"cannot copy to non-directory: {folder.Path} is a folder, and what is there is none");
        }

        Errno error = existing is null ? FolderEntry.TryMakeFolder(_folders.Peek(), folder.Name, 0x1c0) : 0;
        if (error != 0)
        {
            throw new SyscallException("mkdir", folder.Path, error);
        }

        _folders.Push(FolderEntry.TryOpen(_folders.Peek(), folder.Name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out error)
            ?? throw new SyscallException("openat", folder.Path, error));
    }

    /// <summary>Owner, mode and time come last: what is made in a folder changes its time, and its mode may forbid making it.</summary>
    public void Leave(SourceEntry folder)
    {
        using FileDescriptor copy = _folders.Pop();
        using FileDescriptor source = FolderEntry.TryOpen(folder.Folder, folder.Name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error)
            ?? throw new SyscallException("openat", folder.Path, error);
        FileCopy.Describe(copy, source, folder.Status, _rules, folder.Path);
    }

    public void Visit(SourceEntry entry)
    {
        MakeRoom(_folders.Peek(), entry.Name, entry.Path);
        FileCopy.Make(entry, _folders.Peek(), entry.Name, _rules);
    }

    /// <summary>Removes what a file takes the place of.</summary>
    /// <exception cref="MiniRunException">It is a folder.</exception>
    internal static void MakeRoom(FileDescriptor folder, byte[] name, string path)
    {
        if (FileStatus.OfEntry(folder, name) is not { } existing)
        {
            return;
        }

        if (existing.IsDirectory)
        {
            throw new MiniRunException($"cannot replace a folder with a file: {path}");
        }

        TreeRemoval.Remove(folder, name);
    }

    public void Dispose()
    {
        foreach (FileDescriptor folder in _folders)
        {
            folder.Dispose();
        }
    }
}

using System.Text;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Puts files and folders into a stage's root, at a destination that is followed inside of it only.</summary>
internal sealed class ImageCopier(FileDescriptor root, CopyPlan plan, CopyRules rules)
{
    private MissingFolders Missing => new(rules.Owner?.Uid ?? 0, rules.Owner?.Gid ?? 0);

    /// <summary>Copies a found source: a folder's contents, or a file.</summary>
    /// <exception cref="MiniRunException">Something there is in the way, or a kernel call failed.</exception>
    internal void Copy(Place source, IgnoreRules ignore)
    {
        if (source.IsFolder)
        {
            CopyFolder(source, ignore);
            return;
        }

        var entry = new SourceEntry(source.Folder, source.Name!, source.Path, source.Existing!.Value);
        (Place target, byte[] name) = TargetOf(source.Name!);
        using (target)
        {
            TreeCopy.MakeRoom(target.Folder, name, source.Path);
            FileCopy.Make(entry, target.Folder, name, rules);
        }
    }

    /// <summary>Writes a file of the Dockerfile's own.</summary>
    /// <exception cref="MiniRunException">Something there is in the way, or a kernel call failed.</exception>
    internal void Write(string fileName, ReadOnlySpan<byte> contents)
    {
        (Place target, byte[] name) = TargetOf(Encoding.UTF8.GetBytes(fileName));
        using (target)
        {
            TreeCopy.MakeRoom(target.Folder, name, fileName);
            using FileDescriptor file = FolderEntry.TryCreate(target.Folder, name, 0x180, out Errno error) ?? throw new SyscallException("openat", fileName, error);
            HostFile.WriteAll(file, contents, fileName);
            FileMetadata.ChangeOwner(file, rules.Owner?.Uid ?? 0, rules.Owner?.Gid ?? 0, fileName);
            FileMetadata.ChangeMode(file, rules.Mode ?? DefaultMode, fileName);
        }
    }

    /// <summary>Opens the destination as a folder, made where it is missing.</summary>
    /// <exception cref="MiniRunException">It is no folder.</exception>
    internal Place OpenFolder() => RootedWalk.MakeFolder(root, plan.Path, Missing);

    private const uint DefaultMode = 0x1a4; // 0644

    private void CopyFolder(Place source, IgnoreRules ignore)
    {
        bool isNew = IsMissing();
        using Place target = OpenFolder();
        using (var copy = new TreeCopy(target.Folder, rules))
        {
            new SourceTree(ignore, copy).WalkFolder(source.Folder, source.Path, "");
        }

        // A folder that was there keeps what it is; a new one is as the source.
        if (isNew)
        {
            FileCopy.Describe(target.Folder, source.Folder, FileStatus.Of(source.Folder, source.Path), rules, source.Path);
        }
    }

    private bool IsMissing()
    {
        try
        {
            using Place place = RootedWalk.Follow(root, plan.Path);
            return !place.IsFolder && place.Existing is null;
        }
        catch (SyscallException missing) when (missing.Errno == Errno.ENOENT)
        {
            return true;
        }
    }

    /// <summary>The folder and the name that a file goes to.</summary>
    private (Place Target, byte[] Name) TargetOf(byte[] sourceName)
    {
        if (plan.IsFolder)
        {
            return (OpenFolder(), sourceName);
        }

        Place place = RootedWalk.Follow(root, plan.Path, Missing);
        return (place, place.Name ?? sourceName);
    }
}

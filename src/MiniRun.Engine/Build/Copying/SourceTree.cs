using System.Text;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>
/// Walks a tree of files in the order of their names, without what is ignored, and never through a link. A folder that is
/// ignored is shown all the same where something in it is not.
/// </summary>
internal sealed class SourceTree(IgnoreRules ignore, ITreeVisitor visitor)
{
    // Each level holds a descriptor here and one where it is copied to; 1024 is the usual limit.
    private const int MostLevels = 400;

    private readonly List<SourceEntry> _unseen = [];
    private int _level;

    /// <summary>Walks a folder's entries; the folder itself is not shown.</summary>
    /// <param name="place">Its path in the context, which ignore rules are about.</param>
    internal void WalkFolder(FileDescriptor folder, string place, string path)
    {
        if (++_level > MostLevels)
        {
            throw new MiniRunException($"{place}: folders are nested more than {MostLevels} deep");
        }

        foreach (byte[] name in Sorted(folder, place))
        {
            string text = Encoding.UTF8.GetString(name);
            if (FileStatus.OfEntry(folder, name) is { } status)
            {
                var entry = new SourceEntry(folder, name, path.Length == 0 ? text : $"{path}/{text}", status);
                Walk(entry, place.Length == 0 ? text : $"{place}/{text}");
            }
        }

        _level--;
    }

    private void Walk(SourceEntry entry, string place)
    {
        bool excluded = ignore.Excludes(place);
        if (!entry.Status.IsDirectory)
        {
            if (!excluded)
            {
                ShowUnseen();
                visitor.Visit(entry);
            }

            return;
        }

        if (excluded && !ignore.HasExceptions)
        {
            return;
        }

        _unseen.Add(entry);
        if (!excluded)
        {
            ShowUnseen();
        }

        using (FileDescriptor? folder = FolderEntry.TryOpen(entry.Folder, entry.Name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error))
        {
            WalkFolder(folder ?? throw new SyscallException("openat", place, error), place, entry.Path);
        }

        if (!_unseen.Remove(entry))
        {
            visitor.Leave(entry);
        }
    }

    private void ShowUnseen()
    {
        foreach (SourceEntry folder in _unseen)
        {
            visitor.Enter(folder);
        }

        _unseen.Clear();
    }

    private static List<byte[]> Sorted(FileDescriptor folder, string place)
    {
        List<byte[]> names = [.. HostDirectory.ListBytes(folder, place)];
        names.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return names;
    }
}

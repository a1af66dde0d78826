using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Files;

public sealed class FolderEntryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_that_is_a_path_leads_through_no_link()
    {
        _folder.Write("outside/file", "kept");
        _folder.Write("root/own", "x");
        Directory.CreateSymbolicLink(_folder.At("root/link"), _folder.At("outside"));
        using FileDescriptor root = HostFile.OpenDirectory(_folder.At("root"));
        byte[] own = "own"u8.ToArray();
        Action<byte[]>[] calls =
        [
            name => FolderEntry.TryOpen(root, name, OpenFlags.O_RDONLY, out _)?.Dispose(),
            name => FolderEntry.TryCreate(root, name, 0x180, out _)?.Dispose(),
            name => FolderEntry.TryMakeFolder(root, name, 0x1c0),
            name => FolderEntry.TryMakeNode(root, name, FileModes.S_IFIFO),
            name => FolderEntry.TryMakeSymbolicLink(root, name, own),
            name => FolderEntry.TryLink(root, own, root, name),
            name => FolderEntry.TryLink(root, name, root, own),
            name => FolderEntry.HoldNew(root, name, FileModes.S_IFREG).Dispose(),
            name => FolderEntry.SetModified(root, name, new FileTime(1, 0)),
            name => FileStatus.OfEntry(root, name),
            name => HostDirectory.RemoveFile(root, name),
            name => TreeRemoval.Remove(root, name),
        ];
        foreach (string name in (string[])["link/file", "link/new", "../outside/file", _folder.At("outside/file")])
        {
            Assert.All(calls, call => Assert.Contains("is a path", Assert.Throws<MiniRunException>(() => call(Encoding.UTF8.GetBytes(name))).Message));
        }

        Assert.Equal(["file"], HostDirectory.List(_folder.At("outside")));
        Assert.Equal("kept", File.ReadAllText(_folder.At("outside/file")));
    }

    [Fact]
    public void What_was_made_is_held_and_nothing_that_has_taken_its_name()
    {
        _folder.Write("root/file", "x");
        using FileDescriptor root = HostFile.OpenDirectory(_folder.At("root"));
        FolderEntry.TryMakeFolder(root, "folder"u8, 0x1c0);
        FolderEntry.TryMakeSymbolicLink(root, "link"u8, "file"u8);
        FolderEntry.TryMakeNode(root, "fifo"u8, FileModes.S_IFIFO | 0x180);
        FolderEntry.TryMakeNode(root, "linked"u8, FileModes.S_IFIFO | 0x180);
        FolderEntry.TryLink(root, "linked"u8, root, "second"u8);
        using FileDescriptor fifo = FolderEntry.HoldNew(root, "fifo"u8, FileModes.S_IFIFO);
        using FileDescriptor link = FolderEntry.HoldNew(root, "link"u8, FileModes.S_IFLNK);
        FileMetadata.ChangeModeOfHandle(fifo, 0x1a4, "fifo");
        FileMetadata.SetModifiedOfHandle(link, new FileTime(1000, 5), "link");
        Assert.Equal(FileModes.S_IFIFO | 0x1a4, FileStatus.Of(_folder.At("root/fifo"))!.Value.Mode);
        Assert.Equal(new FileTime(1000, 5), FileStatus.OfLink(_folder.At("root/link"))!.Value.Modified);

        foreach (string name in (string[])["file", "folder", "link", "linked", "none"])
        {
            Assert.Contains("was replaced while it was made", Assert.Throws<MiniRunException>(() => FolderEntry.HoldNew(root, Encoding.UTF8.GetBytes(name), FileModes.S_IFIFO)).Message);
        }

        if (CurrentProcess.EffectiveUid == 0 && FolderEntry.TryMakeNode(root, "null"u8, FileModes.S_IFCHR | 0x180, 1, 3) == 0)
        {
            FolderEntry.HoldNew(root, "null"u8, FileModes.S_IFCHR, 1, 3).Dispose();
            Assert.Throws<MiniRunException>(() => FolderEntry.HoldNew(root, "null"u8, FileModes.S_IFCHR, 1, 5));
            Assert.Throws<MiniRunException>(() => FolderEntry.HoldNew(root, "null"u8, FileModes.S_IFBLK, 1, 3));
        }
    }
}

using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

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
            name => FolderEntry.ChangeModeOfNew(root, name, 0),
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
}

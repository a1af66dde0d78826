using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public sealed class TreeRemovalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tree_goes_with_all_in_it_and_its_siblings_stay()
    {
        _folder.Write("tree/a/b/file", "x");
        _folder.Write("tree/a/other", "x");
        _folder.Write("tree/c/file", "x");
        _folder.Write("sibling", "x");
        Assert.True(TreeRemoval.Remove(_folder.At("tree")));
        Assert.Equal(["sibling"], HostDirectory.List(_folder.Path));
    }

    [Fact]
    public void Links_are_removed_and_never_followed()
    {
        _folder.Write("outside/file", "kept");
        _folder.Write("tree/file", "x");
        Directory.CreateSymbolicLink(_folder.At("tree/link"), _folder.At("outside"));
        Directory.CreateSymbolicLink(_folder.At("top"), _folder.At("outside"));
        Assert.True(TreeRemoval.Remove(_folder.At("tree")));
        Assert.True(TreeRemoval.Remove(_folder.At("top")));
        Assert.Equal("kept", File.ReadAllText(_folder.At("outside/file")));
    }

    [Fact]
    public void A_tree_deeper_than_descriptors_and_longest_path_goes()
    {
        FileDescriptor at = _folder.Open();
        for (int depth = 0; depth < 3000; depth++)
        {
            HostDirectory.MakeAt(at, "folder");
            FileDescriptor below = HostFile.OpenAt(at, "folder", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
            at.Dispose();
            at = below;
        }

        at.Dispose();
        Assert.True(TreeRemoval.Remove(_folder.At("folder")));
        Assert.Empty(HostDirectory.List(_folder.Path));
    }

    [Fact]
    public void A_wide_tree_goes()
    {
        for (int i = 0; i < 300; i++)
        {
            _folder.Write($"tree/folder-{i}/file-one", "");
            _folder.Write($"tree/file-{i}", "");
        }

        Assert.True(TreeRemoval.Remove(_folder.At("tree")));
        Assert.False(Directory.Exists(_folder.At("tree")));
    }

    [Fact]
    public void What_is_not_there_is_no_error()
    {
        Assert.False(TreeRemoval.Remove(_folder.At("nothing")));
        Assert.False(TreeRemoval.Remove(_folder.At("no/parent")));
    }

    [Fact]
    public void Names_that_are_not_utf8_are_removed()
    {
        using FileDescriptor directory = _folder.Open();
        HostDirectory.MakeAt(directory, "tree");
        using (FileDescriptor tree = HostFile.OpenAt(directory, "tree", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY))
        {
            MakeFileWithRawName(tree);
        }

        Assert.True(TreeRemoval.Remove(directory, "tree"));
        Assert.Empty(HostDirectory.List(_folder.Path));
    }

    private static unsafe void MakeFileWithRawName(FileDescriptor tree)
    {
        fixed (byte* name = new byte[] { 0xff, 0xfe, (byte)'x', 0 })
        {
            int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_CLOEXEC;
            KernelCall.CheckDescriptor(Libc.openat(tree, name, flags, 0x180), "openat", "raw name").Dispose();
        }
    }
}

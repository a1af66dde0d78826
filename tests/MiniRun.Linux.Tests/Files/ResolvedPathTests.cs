using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public sealed class ResolvedPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _real;

    public ResolvedPathTests()
    {
        _folder.Write("real/sub/file", "text");
        _real = ResolvedPath.Of(_folder.At("real"));
        File.CreateSymbolicLink(_folder.At("link"), "real");
        File.CreateSymbolicLink(_folder.At("dangling"), "nowhere");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("link", "")]
    [InlineData("link/sub/file", "/sub/file")]
    [InlineData("link/sub/", "/sub")]
    [InlineData("link/missing/below", "/missing/below")]
    [InlineData("link/sub/file/below", "/sub/file/below")]
    public void Links_are_resolved_as_far_as_there_is_something(string path, string expected) => Assert.Equal(_real + expected, ResolvedPath.Of(_folder.At(path)));

    [Fact]
    public void What_is_no_file_of_a_folder_is_reached_by_procfs_alone()
    {
        Assert.Equal("/", ResolvedPath.Of("/"));
        Assert.Equal("/proc/self/ns/net", ResolvedPath.Of("/proc/self/ns/net"));
        ResolvedPath.Open("/proc/self/ns/net").Dispose();
        Assert.Equal(_real, ResolvedPath.Of($"/proc/self/root{_real}"));
        Assert.Throws<LinkedPathException>(() => ResolvedPath.Open($"/proc/self/root{_real}"));

        File.CreateSymbolicLink(_folder.At("net"), "/proc/self/ns/net");
        Assert.Contains("no path of its own", Assert.Throws<MiniRunException>(() => ResolvedPath.Of(_folder.At("net"))).Message, StringComparison.Ordinal);
        string deleted = _folder.Write("deleted", "");
        using FileDescriptor file = HostFile.Open(deleted, OpenFlags.O_RDONLY);
        File.Delete(deleted);
        Assert.Equal($"/proc/self/fd/{file.Number}", ResolvedPath.Of($"/proc/self/fd/{file.Number}"));
        File.Create($"{deleted} (deleted)").Dispose(); // what procfs calls it
        Assert.Equal($"/proc/self/fd/{file.Number}", ResolvedPath.Of($"/proc/self/fd/{file.Number}"));
    }

    [Theory]
    [InlineData("link", "link")]
    [InlineData("link/sub/file", "link")]
    [InlineData("dangling", "dangling")]
    public void A_link_on_the_way_is_not_followed_and_named(string path, string link)
    {
        string message = Assert.Throws<LinkedPathException>(() => ResolvedPath.Open(_folder.At(path))).Message;
        Assert.Contains($"{_folder.At(link)} is a symbolic link", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folders_are_made_through_no_link()
    {
        ResolvedPath.Make(_real + "/a/b", 0x1ed);
        ResolvedPath.Make(_real + "/a/b", 0x1ed);
        Assert.True(Directory.Exists(_real + "/a/b"));
        Assert.Throws<LinkedPathException>(() => ResolvedPath.Make(_folder.At("link/c"), 0x1ed));
        Assert.Throws<LinkedPathException>(() => ResolvedPath.Make(_folder.At("dangling/c"), 0x1ed));
        Assert.False(Directory.Exists(_real + "/c"));
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<SyscallException>(() => ResolvedPath.Make(_real + "/sub/file/c", 0x1ed)).Errno);
        Assert.Null(ResolvedPath.TryOpen(_real + "/none", out Errno error));
        Assert.Equal(Errno.ENOENT, error);
    }
}

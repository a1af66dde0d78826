using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public sealed class RootedPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RootedPathTests()
    {
        _folder.Write("root/etc/passwd", "inside");
        _folder.Write("secret", "outside");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("../../etc/passwd")]
    [InlineData("/../etc/../etc/passwd")]
    public void Every_way_to_write_a_path_stays_inside(string path)
    {
        Assert.Equal("inside", Read(path));
    }

    [Fact]
    public void An_absolute_link_means_the_root_inside()
    {
        File.CreateSymbolicLink(_folder.At("root/link"), "/etc/passwd");
        Assert.Equal("inside", Read("link"));
    }

    [Fact]
    public void A_link_upwards_cannot_leave()
    {
        File.CreateSymbolicLink(_folder.At("root/link"), "../../../../../../secret");
        using FileDescriptor root = HostFile.OpenDirectory(_folder.At("root"));
        Assert.Null(RootedPath.TryOpen(root, "link", OpenFlags.O_RDONLY, out Errno error));
        Assert.Equal(Errno.ENOENT, error);
    }

    [Fact]
    public void A_magic_link_of_procfs_is_refused()
    {
        using FileDescriptor proc = HostFile.OpenDirectory("/proc");
        Assert.Null(RootedPath.TryOpen(proc, "self/root/etc/passwd", OpenFlags.O_RDONLY, out Errno error));
        Assert.Equal(Errno.ELOOP, error);
    }

    [Fact]
    public void Links_can_be_forbidden_altogether()
    {
        File.CreateSymbolicLink(_folder.At("root/link"), "etc");
        using FileDescriptor root = HostFile.OpenDirectory(_folder.At("root"));
        SyscallException failure = Assert.Throws<SyscallException>(
            () => RootedPath.Open(root, "link/passwd", OpenFlags.O_RDONLY, resolve: ResolveFlags.RESOLVE_NO_SYMLINKS));
        Assert.Equal(Errno.ELOOP, failure.Errno);
        Assert.Contains("symbolic link", failure.Message, StringComparison.Ordinal);
    }

    private string Read(string path)
    {
        using FileDescriptor root = HostFile.OpenDirectory(_folder.At("root"));
        using FileDescriptor file = RootedPath.Open(root, path, OpenFlags.O_RDONLY);
        return System.Text.Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, 100));
    }
}

using System.Text;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Layers;

public sealed class LayeredFilesTests : IDisposable
{
    private readonly LayerFolder _lower = new();
    private readonly LayerFolder _middle = new();
    private readonly LayerFolder _upper = new();

    public void Dispose()
    {
        _lower.Dispose();
        _middle.Dispose();
        _upper.Dispose();
    }

    [Fact]
    public void The_topmost_layer_that_has_a_name_decides_and_folders_are_merged()
    {
        _lower.Unpack(new TarBuilder().File("etc/passwd", "low").File("etc/group", "low").File("x", "file").File("d/x", "low"));
        _middle.Unpack(new TarBuilder().File("etc/group", "middle").File("x/y", "folder now").File("d", "file now"));
        _upper.Unpack(new TarBuilder().File("usr/a"));
        AssertReads("low", "etc/passwd");
        AssertReads("middle", "/etc/group");
        AssertReads("folder now", "x/y");
        AssertReads("file now", "d");
        AssertReads(null, "d/x");
        AssertReads(null, "etc");
        AssertReads(null, "etc/shadow");
    }

    [Fact]
    public void Whiteouts_and_opaque_folders_hide_what_is_below()
    {
        _lower.Unpack(new TarBuilder().File("etc/passwd", "low").File("gone/a").File("opaque/a").File("back/a", "low"));
        _middle.Unpack(new TarBuilder().File("etc/.wh.passwd").File(".wh.gone").File("opaque/.wh..wh..opq").File("opaque/b", "b").File(".wh.back"));
        _upper.Unpack(new TarBuilder().File("back/b", "b").File("opaque/c"));
        AssertReads(null, "etc/passwd");
        AssertReads(null, "gone/a");
        AssertReads(null, "opaque/a");
        AssertReads("b", "opaque/b");
        AssertReads(null, "back/a");
        AssertReads("b", "back/b");
    }

    [Fact]
    public void Links_are_followed_across_layers_and_never_lead_out()
    {
        _lower.Unpack(new TarBuilder().File("usr/etc/passwd", "found").Symlink("up", "../../../../usr/etc").Symlink("loop", "loop"));
        _upper.Unpack(new TarBuilder().Symlink("etc", "/usr/etc").Symlink("out", _upper.Outside).Symlink("chain", "up/passwd").Symlink("dots", "usr/../usr/./etc//passwd"));
        AssertReads("found", "etc/passwd");
        AssertReads("found", "up/passwd");
        AssertReads("found", "chain");
        AssertReads("found", "dots");
        AssertReads("found", "../../usr/etc/passwd");
        AssertReads(null, "out/file");
        Assert.Contains("40 symbolic links", Assert.Throws<MiniRunException>(() => Read("loop")).Message);
    }

    [Fact]
    public void A_fifo_does_not_hold_up_who_opens_it()
    {
        _upper.Unpack(new TarBuilder().Entry((byte)'6', "fifo"));
        using LayeredFiles files = Open();
        using FileDescriptor? fifo = files.TryOpen("fifo");
        Assert.False(FileStatus.Of(fifo!, "fifo").IsRegular);
    }

    private void AssertReads(string? contents, string path) => Assert.Equal((path, contents), (path, Read(path)));

    private string? Read(string path)
    {
        using LayeredFiles files = Open();
        using FileDescriptor? file = files.TryOpen(path);
        return file is null ? null : Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, 1000));
    }

    private LayeredFiles Open() => LayeredFiles.Open([_upper.Path, _middle.Path, _lower.Path]);
}

using System.Text;
using MiniRun.Engine.Layers;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Tests.Layers;

public sealed class LayerUnpackerTests : IDisposable
{
    private readonly LayerFolder _layer = new();

    public void Dispose() => _layer.Dispose();

    [Fact]
    public void Files_folders_and_links_come_out_with_contents_modes_and_times()
    {
        LayerSummary summary = _layer.Unpack(new TarBuilder()
            .Folder("./", 0x1ed).Folder("usr/", 0x16d).File("usr/tool", "#!/bin/sh\n", 0x9ed).Symlink("bin", "usr").Hardlink("usr/same", "usr/tool").Entry((byte)'6', "usr/fifo"));
        Assert.Equal((6, 10), (summary.Entries, summary.Bytes));
        Assert.Equal("#!/bin/sh\n", File.ReadAllText(_layer["usr/same"]));
        Assert.Equal((0x9edu, 2u), (_layer.Status("usr/tool").Mode & FileModes.PermissionBits, _layer.Status("usr/tool").Links));
        Assert.Equal(0x16du, _layer.Status("usr").Mode & FileModes.PermissionBits);
        Assert.Equal("usr", new FileInfo(_layer["bin"]).LinkTarget);
        Assert.Equal(FileModes.S_IFIFO, _layer.Status("usr/fifo").Type);
        foreach (string name in (string[])["usr", "usr/tool", "bin", "usr/fifo", "."])
        {
            Assert.Equal((name, 1_600_000_000), (name, _layer.Status(name).ModifiedSeconds));
        }
    }

    [Fact]
    public void A_folder_keeps_its_time_and_mode_when_the_archive_comes_back_to_it()
    {
        _layer.Unpack(new TarBuilder().Folder("a/", 0x16d).Folder("b/").File("a/late", "x").File("b/y"));
        Assert.Equal((1_600_000_000, 0x16du), (_layer.Status("a").ModifiedSeconds, _layer.Status("a").Mode & FileModes.PermissionBits));
        Assert.True(_layer.Has("a/late"));
    }

    [Fact]
    public void Folders_that_the_archive_leaves_out_are_made()
    {
        _layer.Unpack(new TarBuilder().File("a/b/c", "x"));
        Assert.Equal(0x1edu, _layer.Status("a/b").Mode & FileModes.PermissionBits);
    }

    [Fact]
    public void Deletions_become_what_overlayfs_takes_for_them()
    {
        _layer.Unpack(new TarBuilder().Folder("etc/").File("etc/.wh.gone").Folder("var/").File("var/.wh..wh..opq").File("var/new", "x").File("var/.wh..wh.plnk"));
        Assert.True(_layer.Status("etc/gone").IsWhiteout);
        Assert.True(_layer.IsOpaque("var"));
        Assert.False(_layer.IsOpaque("etc"));
        Assert.Equal(["new"], Directory.GetFileSystemEntries(_layer["var"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_name_that_is_deleted_and_made_again_hides_what_was_below_in_either_order()
    {
        _layer.Unpack(new TarBuilder().File(".wh.a").Folder("a/").File("a/x").Folder("b/").File("b/x").File(".wh.b").File(".wh.c").File("c", "new").File("d", "kept").File(".wh.d").File(".wh.e").File("e/x"));
        Assert.True(_layer.IsOpaque("a"));
        Assert.True(_layer.IsOpaque("b"));
        Assert.True(_layer.IsOpaque("e"));
        Assert.True(_layer.Has("a/x") && _layer.Has("b/x") && _layer.Has("e/x"));
        Assert.Equal(("new", "kept"), (File.ReadAllText(_layer["c"]), File.ReadAllText(_layer["d"])));
    }

    [Fact]
    public void A_later_entry_replaces_an_earlier_one_of_the_same_name()
    {
        _layer.Unpack(new TarBuilder().File("a", "1").File("a", "2").Folder("b/").File("b/x").File("b", "file").File("c").Folder("c/").Folder("d/").File("d/kept").Folder("d/", 0x1c0).Folder("e/").File("e/x").Symlink("e", "a"));
        Assert.Equal(("2", "file"), (File.ReadAllText(_layer["a"]), File.ReadAllText(_layer["b"])));
        Assert.True(_layer.Status("c").IsDirectory && _layer.Has("d/kept") && _layer.Status("e").IsSymbolicLink);
        Assert.Equal(0x1c0u, _layer.Status("d").Mode & FileModes.PermissionBits);
    }

    [Fact]
    public void Names_and_attributes_need_not_be_text()
    {
        byte[] name = [0xff, 0xfe, (byte)'a'];
        _layer.Unpack(new TarBuilder().Records((byte)'x', [.. "SCHILY.xattr.user.x="u8, 0, 0xff, (byte)'\n', 1]).Entry((byte)'0', Encoding.Latin1.GetString(name)));
        using var folder = HostFile.OpenDirectory(_layer.Path);
        Assert.Equal([name], HostDirectory.ListBytes(folder, ""));
        using var file = FolderEntry.TryOpen(folder, name, OpenFlags.O_RDONLY, out _);
        Assert.Equal([0, 0xff, (byte)'\n', 1], FileMetadata.Attribute(file!, "user.x"u8));
    }

    [Fact]
    public void Owners_are_set_by_root_or_squashed_and_counted()
    {
        TarBuilder tar = new TarBuilder().Pax("uid=3000000000", "gid=77").File("big").File("mine");
        LayerSummary summary = _layer.Unpack(tar, new UnpackOptions { Ownership = Ownership.Squash });
        Assert.Equal(1, summary.Squashed);
        Assert.Equal((Ids.Uid, Ids.Gid), (_layer.Status("big").Uid, _layer.Status("big").Gid));
        if (Ids.IsRoot)
        {
            _layer.Unpack(tar);
            Assert.Equal((3_000_000_000u, 77u), (_layer.Status("big").Uid, _layer.Status("big").Gid));
        }
    }

    [Fact]
    public void Devices_are_made_by_root_and_skipped_and_counted_for_others()
    {
        LayerSummary summary = _layer.Unpack(new TarBuilder().Device("null", 1, 3).Device("block", 7, 300, (byte)'4'));
        if (summary.SkippedDevices == 0)
        {
            Assert.Equal((1u, 3u, FileModes.S_IFCHR), (_layer.Status("null").NodeMajor, _layer.Status("null").NodeMinor, _layer.Status("null").Type));
            Assert.Equal((7u, 300u, FileModes.S_IFBLK), (_layer.Status("block").NodeMajor, _layer.Status("block").NodeMinor, _layer.Status("block").Type));
        }
        else
        {
            Assert.Equal(2, summary.SkippedDevices);
            Assert.False(_layer.Has("null"));
        }
    }
}

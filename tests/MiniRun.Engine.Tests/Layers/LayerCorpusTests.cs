using System.Text;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>Layers that want to reach outside: each is refused with its reason, or harmless, and nothing beside the layer's folder changes.</summary>
public sealed class LayerCorpusTests : IDisposable
{
    private readonly LayerFolder _layer = new();

    public void Dispose()
    {
        _layer.AssertOutsideIsUntouched();
        _layer.Dispose();
    }

    [Theory]
    [InlineData(LayerMode.Overlay)]
    [InlineData(LayerMode.Flat)]
    public void Nothing_is_written_deleted_linked_or_changed_through_a_link_of_the_layer(LayerMode mode)
    {
        foreach (string target in (string[])[_layer.Outside, "../outside", "/proc/self/root" + _layer.Outside])
        {
            TarBuilder[] attacks =
            [
                Linked(target).File("link/file", "overwritten"),
                Linked(target).File("link/new"),
                Linked(target).File("link/.wh.file"),
                Linked(target).File("link/.wh..wh..opq"),
                Linked(target).Folder("link/sub/", 0x1ff),
                Linked(target).Folder("link/made/"),
                Linked(target).Symlink("link/s", "x"),
                Linked(target).Hardlink("link/h", "own"),
                Linked(target).Hardlink("h", "link/file"),
                Linked(target).Device("link/d", 1, 3),
                Linked(target).Folder("a/").Symlink("a/b", target).File("a/b/file", "overwritten"),
            ];
            foreach (TarBuilder attack in attacks)
            {
                Assert.Matches("link or a file|no folder 'link'", Refused(attack, mode));
                _layer.AssertOutsideIsUntouched();
                Clear();
            }
        }
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("a/../../escaped")]
    [InlineData("/../escaped")]
    [InlineData("./../outside/file")]
    [InlineData("a/b/../../../outside/file")]
    [InlineData("..")]
    public void A_name_that_leaves_the_layer_is_refused(string name)
    {
        Assert.Contains("leaves the layer", Refused(new TarBuilder().Folder("a/").File(name, "x")));
        Assert.Contains("leaves the layer", Refused(new TarBuilder().Pax($"path={name}").File("harmless", "x")));
        Assert.Contains("leaves the layer", Refused(new TarBuilder().File("own").Hardlink("h", name)));
        Assert.Contains("leaves the layer", Refused(new TarBuilder().Entry((byte)'L', "././@LongLink", data: Encoding.ASCII.GetBytes(name + "\0")).File("harmless", "x")));
    }

    [Fact]
    public void An_absolute_name_means_the_layers_root()
    {
        _layer.Unpack(new TarBuilder().File("/etc/hostname", "x").File("//a//./b", "y").Hardlink("h", "/etc/hostname"));
        Assert.Equal("x", File.ReadAllText(_layer["h"]));
        Assert.Equal("y", File.ReadAllText(_layer["a/b"]));
    }

    [Fact]
    public void A_hard_link_reaches_files_of_the_layer_only_and_is_no_way_to_write_to_a_links_target()
    {
        Assert.Contains("has no such file", Refused(new TarBuilder().Folder("etc/").Hardlink("h", "etc/passwd")));
        Assert.Contains("no folder", Refused(new TarBuilder().Hardlink("h", _layer.Outside + "/file")));

        // A second name of a symbolic link, and then a file of that name: the link goes, its target stays.
        _layer.Unpack(new TarBuilder().Symlink("s", _layer.Outside + "/file").Hardlink("h", "s").File("h", "overwritten").File("s", "overwritten"));
        Assert.Equal("overwritten", File.ReadAllText(_layer["h"]));
        Assert.False(_layer.Status("h").IsSymbolicLink);
    }

    [Theory]
    [InlineData(LayerMode.Overlay)]
    [InlineData(LayerMode.Flat)]
    public void A_link_is_replaced_and_not_followed_by_what_has_its_name(LayerMode mode)
    {
        UnpackOptions options = new() { Mode = mode, OverlayAttributes = LayerFolder.Attributes };
        _layer.Unpack(new TarBuilder().Symlink("f", _layer.Outside + "/file").File("f", "mine", 0x1ff).Symlink("d", _layer.Outside).Folder("d/", 0x1ff).File("d/file", "mine").Symlink("w", _layer.Outside).File(".wh.w"), options);
        Assert.Equal(("mine", "mine"), (File.ReadAllText(_layer["f"]), File.ReadAllText(_layer["d/file"])));
    }

    [Theory]
    [InlineData(".wh..wh..opq", "whole root")]
    [InlineData("./.wh..wh..opq", "whole root")]
    [InlineData(".wh.", "nothing that can be deleted")]
    [InlineData(".wh..", "nothing that can be deleted")]
    [InlineData(".wh...", "nothing that can be deleted")]
    [InlineData("a/.wh...", "nothing that can be deleted")]
    public void A_whiteout_of_the_root_or_of_what_is_above_is_refused(string name, string reason)
    {
        Assert.Contains(reason, Refused(new TarBuilder().Folder("a/").File(name)));
        Assert.Contains(reason, Refused(new TarBuilder().Folder("a/").File(name), LayerMode.Flat));
    }

    [Fact]
    public void A_layer_cannot_write_overlayfs_own_marks()
    {
        Assert.Contains("0:0", Refused(new TarBuilder().Device("gone", 0, 0)));
        LayerSummary summary = _layer.Unpack(new TarBuilder()
            .Pax("SCHILY.xattr.trusted.overlay.redirect=/etc", "SCHILY.xattr.user.overlay.opaque=y", "SCHILY.xattr.trusted.any=1", "SCHILY.xattr.security.selinux=x", "SCHILY.xattr.user.mine=1").Folder("d/")
            .Pax("SCHILY.xattr.user.overlay.metacopy=").File("f")
            .File(".wh.gone").Folder("e/"));
        Assert.Equal(5, summary.DroppedAttributes);
        Assert.Equal("1", _layer.Attribute("d", "user.mine"));
        Assert.Null(_layer.Attribute("d", "user.overlay.opaque"));
        Assert.Null(_layer.Attribute("f", "user.overlay.metacopy"));
        if (Ids.IsRoot)
        {
            Assert.Null(_layer.Attribute("d", "trusted.overlay.redirect"));
            Assert.Null(_layer.Attribute("d", "trusted.any"));
        }

        Assert.Contains("has no such file", Refused(new TarBuilder().File(".wh.gone").Hardlink("also", "gone")));
    }

    [Fact]
    public void Setuid_bits_and_file_capabilities_outlive_contents_and_owner()
    {
        // VFS_CAP_REVISION_2, effective, CAP_NET_RAW permitted.
        byte[] capability = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        LayerSummary summary = _layer.Unpack(new TarBuilder().File("su", "x", 0x9ed).Records((byte)'x', [.. "SCHILY.xattr.security.capability="u8, .. capability]).File("ping", "x", 0x1ed));
        Assert.Equal(0x9edu, _layer.Status("su").Mode & FileModes.PermissionBits);
        Assert.Equal(Ids.IsRoot ? Encoding.Latin1.GetString(capability) : null, _layer.Attribute("ping", "security.capability"));
        Assert.Equal(Ids.IsRoot ? 0 : 1, summary.DroppedAttributes);
    }

    [Fact]
    public void Bombs_are_refused_at_their_limit()
    {
        UnpackOptions options = new() { Limits = new TarLimits { MaxEntries = 10, MaxBytes = 100_000, MaxRecordBytes = 1000, MaxNameLength = 100 } };
        TarBuilder many = new();
        TarBuilder deep = new();
        for (int i = 0; i < 11; i++)
        {
            many.File($"f{i}");
        }

        deep.Pax($"path={string.Join('/', Enumerable.Repeat("d", 1500))}").Folder("d/");
        Assert.Contains("more than 10 entries", Refused(many, options));
        Assert.Contains("are allowed", Refused(new TarBuilder().Entry((byte)'0', "a", data: new byte[100_001]), options));
        Assert.Contains("are allowed", Refused([.. new TarBuilder().File("a").Bytes, .. new byte[200_000]], options));
        Assert.Contains("are allowed", Refused(new TarBuilder().Pax("GNU.sparse.major=0", "GNU.sparse.realsize=9000000000000000000", "GNU.sparse.map=0,0").File("a"), options));
        Assert.Contains("at most 1000", Refused(new TarBuilder().Pax($"comment={new string('x', 1000)}").File("a"), options));
        Assert.Contains("are 1238 bytes; at most 1000", Refused(new TarBuilder().Pax($"comment={new string('x', 606)}").Pax($"comment={new string('x', 606)}").File("a"), options));
        Assert.Contains("longer than the 100", Refused(new TarBuilder().Pax($"path={new string('x', 101)}").File("a"), options));
        Assert.Contains("more than 255 bytes", Refused(new TarBuilder().Pax($"path={new string('x', 256)}").File("a")));
        Assert.Contains("folders deep", Refused(deep));
    }

    [Fact]
    public void What_is_no_tar_is_refused()
    {
        byte[] good = new TarBuilder().File("a", new string('x', 1000)).BytesWithoutEnd;
        byte[] badSum = [.. good];
        badSum[0] ^= 1;
        Assert.Contains("checksum", Refused(badSum));
        Assert.Contains("negative size", Refused(new TarBuilder().Entry((byte)'0', "a", change: header => TarBuilder.Put(header, 124, [.. Enumerable.Repeat((byte)0xff, 12)]))));
        Assert.Contains("out of range", Refused(new TarBuilder().Entry((byte)'0', "a", change: header => TarBuilder.Put(header, 108, [.. Enumerable.Repeat((byte)0xff, 8)]))));
        Assert.Contains("out of range", Refused(new TarBuilder().Pax("uid=4294967295").File("a")));
        Assert.Contains("out of range", Refused(new TarBuilder().Pax("size=9223372036854775808").File("a")));
        Assert.Contains("no number", Refused(new TarBuilder().Pax("size=-1").File("a")));
        Assert.Contains("no octal number", Refused(new TarBuilder().Entry((byte)'0', "a", change: header => TarBuilder.Put(header, 124, "12x45678901 "u8.ToArray()))));
        Assert.Contains("NUL", Refused(new TarBuilder().Pax("path=a\0/../../outside/file").File("a")));
        Assert.Contains("of type 77", Refused(new TarBuilder().Entry((byte)'M', "a")));
        Assert.Contains("was announced", Refused(new TarBuilder().Pax("path=a")));
        Assert.Contains("not followed by another", Refused([.. new byte[512], .. good]));
        Assert.Contains("PAX record's length", Refused(new TarBuilder().Entry((byte)'x', "x", data: "99 path=a\n"u8.ToArray()).File("a")));
        for (int length = 1; length < good.Length; length += 97)
        {
            Assert.Contains(length == 512 ? "" : "it ends after", Refused(good[..length]));
            Clear();
        }
    }

    [Fact]
    public void The_last_files_padding_may_be_missing_as_a_whole()
    {
        byte[] tar = new TarBuilder().File("a", new string('x', 1000)).BytesWithoutEnd;
        _layer.Unpack(tar[..(512 + 1000)]);
        Assert.Equal(1000, new FileInfo(_layer["a"]).Length);
    }

    [Theory]
    [InlineData("GNU.sparse.map=0,10,5,10", "out of order")]
    [InlineData("GNU.sparse.map=0,10,100,1000", "out of order")]
    [InlineData("GNU.sparse.map=0,9", "bytes of data")]
    [InlineData("GNU.sparse.map=0,", "no number")]
    [InlineData("GNU.sparse.map=0,18446744073709551615", "no number")]
    [InlineData("GNU.sparse.numbytes=10", "before its offset")]
    [InlineData("GNU.sparse.major=1", "beyond its data")]
    [InlineData("GNU.sparse.name=../../outside/file", "bytes of data")]
    public void A_map_of_holes_that_contradicts_itself_is_refused(string record, string reason) =>
        Assert.Contains(reason, Refused(new TarBuilder().Pax("GNU.sparse.realsize=1000", record).File("a", "0123456789")));

    [Fact]
    public void Messages_do_not_obey_to_names()
    {
        string message = Refused(new TarBuilder().File("\u001b[31mred\n/../../x"));
        Assert.DoesNotContain(message, char.IsControl);
    }

    private static TarBuilder Linked(string target) => new TarBuilder().File("own").Symlink("link", target);

    private static UnpackOptions In(LayerMode mode) => new() { Mode = mode, OverlayAttributes = LayerFolder.Attributes };

    private string Refused(TarBuilder tar, LayerMode mode = LayerMode.Overlay) => Refused(tar.Bytes, In(mode));

    private string Refused(TarBuilder tar, UnpackOptions options) => Refused(tar.Bytes, options);

    private string Refused(byte[] tar, UnpackOptions? options = null)
    {
        string message = Assert.Throws<MiniRunException>(() => _layer.Unpack(tar, options)).Message;
        Assert.StartsWith("unpacking a layer: ", message);
        return message;
    }

    private void Clear()
    {
        foreach (string name in HostDirectory.List(_layer.Path))
        {
            TreeRemoval.Remove(_layer[name]);
        }
    }
}

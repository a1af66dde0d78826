using System.Diagnostics;
using System.Security.Cryptography;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Layers;

public sealed class LayerPackerTests : IDisposable
{
    private readonly LayerFolder _from = new();
    private readonly LayerFolder _to = new();

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Fact]
    public void What_was_unpacked_is_packed_and_unpacked_again_the_same()
    {
        Fill();
        byte[] packed = Pack(PackSource.OverlayUpper, out PackedLayer layer);
        _to.Unpack(packed);
        Assert.Equal(10, layer.Entries);
        Assert.True(_to.Status("etc/gone").IsWhiteout && _to.IsOpaque("var") && !_to.IsOpaque("etc"));
        Assert.Equal(2u, _to.Status("etc/same").Links);
        Assert.Equal("y", _to.Attribute("etc/tool", "user.x"));
        Assert.True(_to.Has($"etc/{new string('n', 200)}"));
        foreach (string name in (string[])["etc", "etc/tool", "link", "fifo", "etc/same"])
        {
            (FileStatus before, FileStatus after) = (_from.Status(name), _to.Status(name));
            Assert.Equal((name, before.Mode, before.Uid, before.Gid, before.Size, before.ModifiedSeconds), (name, after.Mode, after.Uid, after.Gid, after.Size, after.ModifiedSeconds));
        }
    }

    [Theory]
    [InlineData(LayerEncoding.Plain)]
    [InlineData(LayerEncoding.Gzip)]
    [InlineData(LayerEncoding.Zstd)]
    public void The_same_files_give_the_same_bytes_and_the_digests_are_of_them(LayerEncoding encoding)
    {
        Fill();
        byte[] first = Pack(PackSource.OverlayUpper, out PackedLayer layer, encoding);
        Assert.Equal(first, Pack(PackSource.OverlayUpper, out PackedLayer second, encoding));
        Assert.Equal((layer, layer.Size), (second, first.Length));
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(first))}", layer.Digest);
        using FileDescriptor folder = HostFile.OpenDirectory(_to.Path);
        using MemoryStream blob = new(first);
        UnpackedLayer unpacked = LayerBlob.Unpack(blob, folder, new UnpackOptions { OverlayAttributes = LayerFolder.Attributes });
        Assert.Equal((layer.DiffId, layer.TarBytes), (unpacked.DiffId, unpacked.TarBytes));
    }

    [Fact]
    public void Times_are_clamped_and_ids_translated()
    {
        _from.Unpack(new TarBuilder().File("new").Pax("mtime=100").File("old"));
        PackOptions options = new() { Encoding = LayerEncoding.Plain, NewestTime = new FileTime(1000, 0), Uid = id => id + 3_000_000, Gid = id => id + 7 };
        _to.Unpack(Pack(options, out _), new UnpackOptions { Ownership = Ids.IsRoot ? Ownership.AsRecorded : Ownership.Squash });
        Assert.Equal((1000, 100), (_to.Status("new").ModifiedSeconds, _to.Status("old").ModifiedSeconds));
        if (Ids.IsRoot)
        {
            Assert.Equal((3_000_000u, 7u), (_to.Status("new").Uid, _to.Status("new").Gid));
        }
    }

    [Fact]
    public void Tar_programs_read_what_was_packed()
    {
        Fill();
        string tar = $"{_to.Path}/packed.tar";
        File.WriteAllBytes(tar, Pack(PackSource.OverlayUpper, out _));
        using Process program = Process.Start(new ProcessStartInfo("tar", ["-tf", tar]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string[] names = program.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("", program.StandardError.ReadToEnd());
        Assert.Equal(["etc/", "etc/.wh.gone", $"etc/{new string('n', 200)}", "etc/same", "etc/tool", "fifo", "link", "var/", "var/.wh..wh..opq", "var/x"], names);
    }

    [Fact]
    public void Half_a_file_and_a_name_that_deletes_another_are_refused()
    {
        _from.Unpack(new TarBuilder().File("f"));
        SetAttribute("f", LayerFolder.Attributes == OverlayAttributes.Trusted ? "trusted.overlay.metacopy" : "user.overlay.metacopy");
        Assert.Contains("metacopy", Assert.Throws<MiniRunException>(() => Pack(PackSource.OverlayUpper, out _)).Message);
        File.Delete(_from["f"]);
        File.WriteAllText(_from[".wh.f"], "");
        Assert.Contains("rename it", Assert.Throws<MiniRunException>(() => Pack(PackSource.OverlayUpper, out _)).Message);
        File.Delete(_from[".wh.f"]);
        _from.Unpack(new TarBuilder().File(".wh.f"));
        Assert.Contains("0:0", Assert.Throws<MiniRunException>(() => Pack(PackSource.Tree, out _)).Message);
    }

    [Fact]
    public void Roots_layers_do_not_believe_marks_that_a_container_may_set()
    {
        if (!Ids.IsRoot || LayerFolder.Attributes != OverlayMarks.Believed)
        {
            return;
        }

        _from.Unpack(new TarBuilder().Folder("d/").File("d/f"));
        SetAttribute("d", "user.overlay.opaque");
        SetAttribute("d/f", "user.overlay.redirect");
        _to.Unpack(Pack(PackSource.OverlayUpper, out PackedLayer layer));
        Assert.Equal((2L, false), (layer.Entries, _to.IsOpaque("d")));
        using FileDescriptor folder = HostFile.OpenDirectory(_from["d"]);
        Assert.False(OverlayMarks.IsOpaque(folder));
        SetAttribute("d", "trusted.overlay.opaque");
        Assert.True(OverlayMarks.IsOpaque(folder));
    }

    private void Fill()
    {
        _from.Unpack(new TarBuilder()
            .Folder("etc/", 0x1c0).Pax("SCHILY.xattr.user.x=y").File("etc/tool", "contents", 0x9ed).Hardlink("etc/same", "etc/tool").File("etc/.wh.gone").Pax($"path=etc/{new string('n', 200)}").File("long")
            .Symlink("link", "etc/tool").Entry((byte)'6', "fifo").Folder("var/").File("var/.wh..wh..opq").File("var/x", new string('x', 1000)));
    }

    private byte[] Pack(PackSource source, out PackedLayer layer, LayerEncoding encoding = LayerEncoding.Plain) => Pack(new PackOptions { Source = source, Encoding = encoding }, out layer);

    private byte[] Pack(PackOptions options, out PackedLayer layer)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(_from.Path);
        using MemoryStream target = new();
        layer = LayerPacker.Pack(folder, target, options);
        return target.ToArray();
    }

    private void SetAttribute(string name, string attribute)
    {
        using FileDescriptor file = HostFile.Open(_from[name], OpenFlags.O_RDONLY);
        Assert.Equal(default, FileMetadata.TrySetAttribute(file, System.Text.Encoding.UTF8.GetBytes(attribute), "y"u8));
    }
}

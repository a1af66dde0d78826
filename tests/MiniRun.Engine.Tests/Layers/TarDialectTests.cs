using System.Diagnostics;
using MiniRun.Engine.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>What GNU tar writes, in each of its formats, comes out as it went in.</summary>
public sealed class TarDialectTests : IDisposable
{
    private static readonly string s_longName = $"{new string('d', 90)}/{new string('f', 120)}";

    private readonly LayerFolder _from = new();
    private readonly LayerFolder _to = new();

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Theory]
    [InlineData("--format=v7", false)]
    [InlineData("--format=ustar", false)]
    [InlineData("--format=oldgnu", true)]
    [InlineData("--format=gnu", true)]
    [InlineData("--format=posix", true)]
    public void Files_and_links_are_read_in_every_format(string format, bool longNames)
    {
        Fill(longNames);
        _to.Unpack(Tar(format));
        AssertSame(["short", "link", "same", "folder", "folder/x", .. longNames ? (string[])[s_longName] : []]);
        Assert.Equal(2u, _to.Status("same").Links);
        Assert.Equal("short", new FileInfo(_to["link"]).LinkTarget);
    }

    [Theory]
    [InlineData("--format=oldgnu")]
    [InlineData("--format=gnu")]
    [InlineData("--format=posix", "--sparse-version=0.0")]
    [InlineData("--format=posix", "--sparse-version=0.1")]
    [InlineData("--format=posix", "--sparse-version=1.0")]
    public void Holes_stay_holes_in_every_format(params string[] options)
    {
        using (FileStream file = File.Create(_from["holes"]))
        {
            for (int i = 1; i <= 60; i++)
            {
                file.Position = i * 1_000_000L;
                file.Write("data"u8);
            }

            file.SetLength(100_000_000);
        }

        byte[] tar = Tar([.. options, "--sparse"]);
        Assert.InRange(tar.Length, 0, 2_000_000);
        LayerSummary summary = _to.Unpack(tar);
        Assert.Equal(100_000_000, summary.Bytes);
        Assert.Equal(File.ReadAllBytes(_from["holes"]), File.ReadAllBytes(_to["holes"]));
        Assert.InRange(Blocks("holes"), 1, 2_000_000);
    }

    [Fact]
    public void Numbers_too_large_for_octal_are_read()
    {
        File.WriteAllText(_from["f"], "x");
        byte[] tar = Tar("--format=gnu", "--owner=:3000000000", "--group=:2500000", "--mtime=@20000000000");
        LayerSummary summary = _to.Unpack(tar, new UnpackOptions { Ownership = Ids.IsRoot ? Ownership.AsRecorded : Ownership.Squash });
        Assert.Equal(Ids.IsRoot ? (3_000_000_000u, 2_500_000u) : (Ids.Uid, Ids.Gid), (_to.Status("f").Uid, _to.Status("f").Gid));
        Assert.InRange(_to.Status("f").ModifiedSeconds, int.MaxValue, 20_000_000_000);
        Assert.Equal(Ids.IsRoot ? 0 : 2, summary.Squashed);
    }

    private void Fill(bool longNames)
    {
        File.WriteAllText(_from["short"], "contents");
        File.CreateSymbolicLink(_from["link"], "short");
        using FileDescriptor folder = HostFile.OpenDirectory(_from.Path);
        Assert.Equal(default, FolderEntry.TryLink(folder, "short"u8, folder, "same"u8));
        Directory.CreateDirectory(_from["folder"]);
        File.WriteAllBytes(_from["folder/x"], new byte[100_000]);
        if (longNames)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_from[s_longName])!);
            File.WriteAllText(_from[s_longName], "long");
        }
    }

    private void AssertSame(string[] names)
    {
        foreach (string name in names)
        {
            (FileStatus before, FileStatus after) = (_from.Status(name), _to.Status(name));
            Assert.Equal((name, before.Mode, before.ModifiedSeconds), (name, after.Mode, after.ModifiedSeconds));
            if (before.IsRegular)
            {
                Assert.Equal(File.ReadAllBytes(_from[name]), File.ReadAllBytes(_to[name]));
            }
        }
    }

    private byte[] Tar(params string[] options)
    {
        using Process program = Process.Start(new ProcessStartInfo("tar", ["-C", _from.Path, .. options, "-cf", "-", "."]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using MemoryStream tar = new();
        program.StandardOutput.BaseStream.CopyTo(tar);
        program.WaitForExit();
        Assert.Equal((0, ""), (program.ExitCode, program.StandardError.ReadToEnd()));
        return tar.ToArray();
    }

    private long Blocks(string name)
    {
        using Process program = Process.Start(new ProcessStartInfo("stat", ["-c", "%b", _to[name]]) { RedirectStandardOutput = true })!;
        return 512 * long.Parse(program.StandardOutput.ReadToEnd());
    }
}

using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Build.Copying;

public sealed class RootedWalkTests : IDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("minirun-build-").FullName;
    private readonly string _root;
    private readonly FileDescriptor _descriptor;

    public RootedWalkTests()
    {
        _root = $"{_outside}/root";
        Directory.CreateDirectory($"{_root}/a/b");
        File.WriteAllText($"{_outside}/secret", "outside");
        File.WriteAllText($"{_root}/a/file", "inside");
        _descriptor = HostFile.OpenDirectory(_root);
    }

    public void Dispose()
    {
        _descriptor.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Theory]
    [InlineData("a/file", "a/file")]
    [InlineData("/a/./b/../file", "a/file")]
    [InlineData("../../../a/b", "a/b")]
    [InlineData("", "")]
    [InlineData("a/none", "a/none")]
    public void A_path_leads_to_its_place(string path, string expected)
    {
        using Place place = RootedWalk.Follow(_descriptor, path);
        Assert.Equal(expected, place.Path);
    }

    [Theory]
    [InlineData("/secret")]
    [InlineData("../secret")]
    [InlineData("../../../../../../../../secret")]
    public void A_link_leads_nowhere_outside(string target)
    {
        File.CreateSymbolicLink($"{_root}/link", target);
        using Place place = RootedWalk.Follow(_descriptor, "link");
        Assert.Null(place.Existing);
        Assert.Equal("secret", place.Path);
    }

    [Fact]
    public void Missing_folders_are_made_inside_although_a_link_points_outside()
    {
        File.CreateSymbolicLink($"{_root}/link", $"{_outside}/made");
        using (Place place = RootedWalk.MakeFolder(_descriptor, "link/x/y", new MissingFolders(Uid(), Gid())))
        {
            Assert.True(place.IsFolder);
        }

        Assert.False(Directory.Exists($"{_outside}/made"));
        Assert.True(Directory.Exists($"{_root}{_outside}/made/x/y"));
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_an_error()
    {
        File.CreateSymbolicLink($"{_root}/one", "two");
        File.CreateSymbolicLink($"{_root}/two", "one");
        Assert.Equal(Errno.ELOOP, Assert.Throws<SyscallException>(() => RootedWalk.Follow(_descriptor, "one").Dispose()).Errno);
    }

    [Fact]
    public void A_file_on_the_way_is_an_error() =>
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<SyscallException>(() => RootedWalk.Follow(_descriptor, "a/file/x").Dispose()).Errno);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("*", "a")]
    [InlineData("a/*", "a/b,a/file")]
    [InlineData("*/f?le", "a/file")]
    [InlineData("../a/file", "a/file")]
    public void Sources_are_found(string text, string expected) => Assert.Equal(expected, Find(text, IgnoreRules.None));

    [Theory]
    [InlineData("none")]
    [InlineData("*.c")]
    [InlineData("a/file/x")]
    public void A_source_that_is_not_there_is_an_error(string text) =>
        Assert.Contains($"\"{text}\": not found in the build context", Assert.Throws<MiniRunException>(() => Find(text, IgnoreRules.None)).Message);

    [Fact]
    public void An_ignored_file_is_not_found_by_name_pattern_or_link()
    {
        IgnoreRules rules = IgnoreRules.Read(".dockerignore", "a/file");
        File.CreateSymbolicLink($"{_root}/link", "a/file");
        Assert.Contains("left out by .dockerignore", Assert.Throws<MiniRunException>(() => Find("a/file", rules)).Message);
        Assert.Contains("left out by .dockerignore", Assert.Throws<MiniRunException>(() => Find("link", rules)).Message);
        Assert.Equal("a/b", Find("a/*", rules));
    }

    private string Find(string text, IgnoreRules rules)
    {
        IReadOnlyList<Place> places = new SourceFinder(new CopySource(_descriptor, "the build context", rules, KeepsOwners: false)).Find(text);
        string found = string.Join(',', places.Select(place => place.Path));
        foreach (Place place in places)
        {
            place.Dispose();
        }

        return found;
    }

    private uint Uid() => FileStatus.Of(_root)!.Value.Uid;

    private uint Gid() => FileStatus.Of(_root)!.Value.Gid;
}

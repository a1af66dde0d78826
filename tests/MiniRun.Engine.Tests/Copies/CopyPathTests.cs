using MiniRun.Engine.Copies;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Copies;

public sealed class CopyPathTests
{
    [Theory]
    [InlineData("web:/etc/hosts", "web", "/etc/hosts")]
    [InlineData("web:etc", "web", "etc")]
    [InlineData("web:a:b", "web", "a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("..:b", null, "..:b")]
    [InlineData("plain", null, "plain")]
    [InlineData(":/x", null, ":/x")]
    [InlineData("-", null, "-")]
    public void An_argument_is_a_containers_where_its_colon_says_so(string text, string? container, string path) =>
        Assert.Equal(new CopyArgument(container, path), CopyArgument.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("web:")]
    public void An_argument_without_a_path_is_refused(string text) => Assert.Throws<MiniRunException>(() => CopyArgument.Parse(text));

    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("a//b/", "/a/b/")]
    [InlineData("/a/./b/.", "/a/b/.")]
    [InlineData("../../a", "/a")]
    [InlineData("/", "/")]
    [InlineData(".", "/.")]
    [InlineData("/a/..", "/")]
    public void A_path_inside_is_made_clean_and_keeps_its_end(string written, string clean) => Assert.Equal(clean, CopyPath.Inside(written));

    [Theory]
    [InlineData("x", "/w/x")]
    [InlineData("../x/", "/x/")]
    [InlineData(".", "/w/.")]
    [InlineData("/y/.", "/y/.")]
    public void A_path_of_the_host_begins_in_the_working_folder(string written, string absolute) => Assert.Equal(absolute, CopyPath.Absolute("/w", written));

    [Theory]
    [InlineData("/a/b", "/a", "b")]
    [InlineData("/a/b/", "/a", "b")]
    [InlineData("/a/b/.", "/a/b", ".")]
    [InlineData("/a", "/", "a")]
    [InlineData("/", "/", ".")]
    public void A_path_is_a_folder_and_a_name_or_a_folder_whose_contents_are_meant(string path, string folder, string name) =>
        Assert.Equal((folder, name), (CopyPath.Folder(path), CopyPath.Base(path)));
}

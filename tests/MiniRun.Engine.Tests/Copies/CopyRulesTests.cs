using MiniRun.Engine.Copies;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Copies;

/// <summary>docker's table of what becomes of source and destination, row by row.</summary>
public sealed class CopyRulesTests
{
    private const bool File = false;
    private const bool Folder = true;

    [Theory]
    // The source is a file.
    [InlineData("/s/file", File, "/d/new", null, false, "new")]
    [InlineData("/s/file", File, "/d/old", File, false, "old")]
    [InlineData("/s/file", File, "/d", Folder, true, "file")]
    [InlineData("/s/file", File, "/d/", Folder, true, "file")]
    // The source is a folder.
    [InlineData("/s/tree", Folder, "/d/new", null, false, "new")]
    [InlineData("/s/tree", Folder, "/d/new/", null, false, "new")]
    [InlineData("/s/tree", Folder, "/d", Folder, true, "tree")]
    [InlineData("/s/tree/", Folder, "/d", Folder, true, "tree")]
    // What is in a folder.
    [InlineData("/s/tree/.", Folder, "/d", Folder, true, ".")]
    [InlineData("/s/tree/.", Folder, "/d/new", null, false, "new")]
    [InlineData("/s/tree/.", Folder, "/d/new/.", null, false, "new")]
    [InlineData("/", Folder, "/d", Folder, true, ".")]
    public void A_copy_goes_where_docker_puts_it(string source, bool isFolder, string destination, bool? there, bool into, string name) =>
        Assert.Equal(new CopyTarget(into, name), Target(source, isFolder, destination, there));

    [Theory]
    [InlineData("/s/file", File, "/d/new/", null, "no such directory")]
    [InlineData("/s/file", File, "/d/new/.", null, "no such directory")]
    [InlineData("/s/tree", Folder, "/d/old", File, "cannot copy directory")]
    [InlineData("/s/tree/.", Folder, "/d/old", File, "cannot copy directory")]
    [InlineData("/s/file", File, "/d/old/", File, "not a directory")]
    public void What_cannot_become_the_destination_is_refused_in_dockers_words(string source, bool isFolder, string destination, bool? there, string words) =>
        Assert.Contains(words, Assert.Throws<MiniRunException>(() => Target(source, isFolder, destination, there)).Message, StringComparison.Ordinal);

    private static CopyTarget Target(string source, bool isFolder, string destination, bool? there) =>
        CopyRules.Target(new CopyPlace(source, true, isFolder), new CopyPlace(destination, there is not null, there ?? false));
}

using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Build.Patterns;

public sealed class PatternTests
{
    /// <summary>Cases of Go's path/filepath match_test.go.</summary>
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("*", "abc", true)]
    [InlineData("*c", "abc", true)]
    [InlineData("a*", "ab/c", false)]
    [InlineData("a*/b", "abc/b", true)]
    [InlineData("a*/b", "a/c/b", false)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxexxx/f", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzy", false)]
    [InlineData("ab[c]", "abc", true)]
    [InlineData("ab[b-d]", "abc", true)]
    [InlineData("ab[^e-g]", "abc", true)]
    [InlineData("ab[^b-d]", "abc", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "ab", false)]
    [InlineData("a?b", "a☺b", true)]
    [InlineData("a[^a]b", "a☺b", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("[\\]a]", "]", true)]
    [InlineData("[x\\-]", "-", true)]
    [InlineData("[a-b-c]", "a", null)]
    [InlineData("[]a]", "]", null)]
    [InlineData("[-]", "-", null)]
    [InlineData("[x-]", "x", null)]
    [InlineData("[", "a", null)]
    [InlineData("[^", "a", null)]
    [InlineData("a[", "a", null)]
    [InlineData("\\", "a", null)]
    [InlineData("*x", "xxx", true)]
    public void Paths_match_as_in_Go(string pattern, string path, bool? expected) =>
        Assert.Equal(expected, GlobPattern.TryOfPath(pattern)?.Matches(path));

    /// <summary>Cases of moby's patternmatcher_test.go.</summary>
    [Theory]
    [InlineData("**", "dir/file/", true)]
    [InlineData("**/", "file", true)]
    [InlineData("**/**", "dir/file", true)]
    [InlineData("dir/**", "dir/dir2/file", true)]
    [InlineData("**/dir", "dir", true)]
    [InlineData("**/dir2/*", "dir/dir2/file", true)]
    [InlineData("**/file", "xfile", false)]
    [InlineData("**file", "dir/file", true)]
    [InlineData("**/file*.txt", "dir/dir/file1.txt", true)]
    [InlineData("**/**/*.txt", "dir/dir/file.txt", true)]
    [InlineData("**/*.txt2", "dir/dir/file.txt", false)]
    [InlineData("a**/*.txt", "a/file.txt", true)]
    [InlineData("a**/*.txt", "a/dir/dir/file.txt", true)]
    [InlineData("a[b-d]e", "ae", false)]
    [InlineData("abc.def", "abcZdef", false)]
    [InlineData("**/foo/bar", "foo/bar", true)]
    [InlineData("abc/**", "abc", false)]
    [InlineData("**/.foo", "bar.foo", false)]
    [InlineData("**/.foo", ".foo", true)]
    [InlineData("foo/**/bar", "foo/bar", true)]
    [InlineData("foo/**/bar", "foo/xbar", false)]
    public void Ignore_patterns_know_two_stars(string pattern, string path, bool expected) =>
        Assert.Equal(expected, GlobPattern.TryOfIgnore(pattern)!.Matches(path));

    [Theory]
    [InlineData("*.md\n!README.md", "a.md", true)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("!README.md\n*.md", "README.md", true)]
    [InlineData("# *\n\n  /a/../b/  ", "b/c", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("**/a", "b/a/c", true)]
    [InlineData("a\n!a/b", "a/b/c", false)]
    [InlineData("a\n!a/b", "a/c", true)]
    [InlineData("*\n!src", "src/x", false)]
    [InlineData("./x/.", "x", true)]
    public void The_last_rule_decides(string rules, string path, bool excluded) =>
        Assert.Equal(excluded, IgnoreRules.Read(".dockerignore", rules).Excludes(path));

    [Fact]
    public void A_pattern_that_is_not_complete_is_told_with_its_line() =>
        Assert.Equal(".dockerignore:2: syntax error in pattern: [a", Assert.Throws<MiniRunException>(() => IgnoreRules.Read(".dockerignore", "a\n[a")).Message);

    [Fact]
    public void No_pattern_takes_long()
    {
        string pattern = string.Concat(Enumerable.Repeat("**/*a", 40));
        Assert.False(GlobPattern.TryOfIgnore(pattern)!.Matches(new string('a', 4000) + "b"));
    }
}

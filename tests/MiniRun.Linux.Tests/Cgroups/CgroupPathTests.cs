using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class CgroupPathTests
{
    [Theory]
    [InlineData("/minirun/a", "/minirun/a")]
    [InlineData("//minirun///a/", "/minirun/a")]
    [InlineData("/", "/")]
    public void Paths_are_kept_without_needless_slashes(string text, string path)
        => Assert.Equal(path, CgroupPath.Parse(text).Text);

    [Theory]
    [InlineData("minirun/a")]
    [InlineData("")]
    [InlineData("/a/../b")]
    [InlineData("/..")]
    [InlineData("/a/./b")]
    [InlineData("/a\nb")]
    [InlineData("/a\0b")]
    [InlineData("/cgroup.procs")]
    public void Paths_that_lead_elsewhere_are_refused(string text)
        => Assert.Throws<MiniRunException>(() => CgroupPath.Parse(text));

    [Fact]
    public void Long_names_and_paths_are_refused()
    {
        Assert.Throws<MiniRunException>(() => CgroupPath.Parse("/" + new string('a', 256)));
        Assert.Throws<MiniRunException>(() => CgroupPath.Parse(string.Concat(Enumerable.Repeat("/aaaaaaaa", 500))));
    }

    [Fact]
    public void A_child_is_one_name_below()
    {
        Assert.Equal("/a/b", CgroupPath.Parse("/a").Child("b").Text);
        Assert.Equal("/b", CgroupPath.Root.Child("b").Text);
        Assert.Throws<MiniRunException>(() => CgroupPath.Root.Child("a/b"));
        Assert.Throws<MiniRunException>(() => CgroupPath.Root.Child(".."));
    }
}

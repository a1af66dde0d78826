using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Volumes;

public sealed class DecidedMountsTests
{
    private static readonly DecidedMounts s_none = new([], new HashSet<VolumeName>());

    private static SourcedMount V(string text) => VolumeOption.Parse(text, "-v", "/");

    private static DecidedMounts Decide(UserMount[] asked, string[] image, DecidedMounts? inherited = null)
    {
        int count = 0;
        return DecidedMounts.Of(asked, image, inherited ?? s_none, () => VolumeName.Parse($"new{++count}"));
    }

    private static string[] Shown(DecidedMounts decided) =>
        [.. decided.Mounts.Select(mount => $"{mount switch { VolumeMount volume => volume.Name!.Value.Value, BindMount bind => bind.Source, _ => "tmpfs" }} {mount.Destination}").Order(StringComparer.Ordinal)];

    [Fact]
    public void What_is_asked_for_takes_the_place_of_an_images_volume() =>
        Assert.Equal(["/h /b", "data /a", "new1 /d", "tmpfs /c"], Shown(Decide([V("data:/a"), V("/h:/b"), TmpfsOption.Parse("/c", "--tmpfs")], ["/a", "/b/", "/c", "/d"])));

    [Fact]
    public void An_anonymous_volume_stands_back_and_is_made_once() =>
        Assert.Equal(["data /a", "new1 /b"], Shown(Decide([V("/a"), V("/b"), V("/b"), V("data:/a")], ["/b"])));

    [Fact]
    public void The_last_of_the_other_containers_wins_and_the_request_wins_over_all()
    {
        DecidedMounts inherited = new([V("one:/a"), V("one:/b"), V("two:/a")], new HashSet<VolumeName> { VolumeName.Parse("two") });
        DecidedMounts decided = Decide([V("mine:/b"), V("/a")], ["/a"], inherited);
        Assert.Equal(["mine /b", "two /a"], Shown(decided));
        Assert.Contains(VolumeName.Parse("two"), decided.Anonymous);
    }

    [Fact]
    public void Two_mounts_by_name_in_one_place_are_refused() =>
        Assert.Contains("Duplicate mount point: /a", Assert.Throws<MiniRunException>(() => Decide([V("one:/a"), MountOption.Parse("type=tmpfs,dst=/a/", "--mount", "/")], [])).Message);

    [Fact]
    public void A_name_that_is_made_up_is_anonymous_and_any_other_is_not()
    {
        DecidedMounts decided = Decide([V("data:/a"), MountOption.Parse("dst=/b", "--mount", "/")], ["/c"]);
        Assert.Equal(["new1", "new2"], decided.Anonymous.Select(name => name.Value).Order());
        Assert.Equal([("data", false), ("new1", true), ("new2", true)], decided.Volumes().Select(volume => (volume.Name.Value, volume.Anonymous)).Order());
    }

    [Theory]
    [InlineData("data")]
    [InlineData("/")]
    [InlineData("/../..")]
    [InlineData("/a\0b")]
    public void An_images_volume_that_is_no_place_is_refused(string place) => Assert.Throws<OptionException>(() => Decide([], [place]));
}

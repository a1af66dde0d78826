using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class IdMapRulesTests
{
    private static readonly IdMapping[] Map = [new(0, 1000, 10)];

    private static MountSpec Bind(params string[] options) => new() { Destination = "/a", Type = "bind", Source = "/b", Options = options };

    [Fact]
    public void Maps_of_both_kinds_are_fine_with_and_without_the_option()
    {
        Assert.Empty(Problems.OfMount(Bind("idmap") with { UidMappings = Map, GidMappings = Map }));
        Assert.Empty(Problems.OfMount(Bind() with { UidMappings = Map, GidMappings = Map }));
    }

    [Fact]
    public void One_kind_of_map_alone_is_refused() =>
        Assert.Equal(["mounts[0]: needs uidMappings and gidMappings together: what is not mapped belongs to nobody"], Problems.OfMount(Bind("idmap") with { UidMappings = Map }));

    [Theory]
    [InlineData("idmap")]
    [InlineData("ridmap")]
    public void Without_maps_there_must_be_a_user_namespace(string option) =>
        Assert.Equal(["mounts[0].options: idmap without uidMappings and gidMappings takes those of the container, which has no user namespace"], Problems.OfMount(Bind(option)));

    [Theory]
    [InlineData("idmap=")]
    [InlineData("idmap=uids=")]
    [InlineData("idmap=uids=0-1")]
    [InlineData("idmap=uids=0-1-2-3;gids=0-1-2")]
    [InlineData("idmap=uids=0-1-x;gids=0-1-2")]
    [InlineData("idmap=uids=0-1--2;gids=0-1-2")]
    [InlineData("idmap=uids=0-1-4294967296;gids=0-1-2")]
    [InlineData("idmap=uids=0-1-2;uids=0-1-2")]
    [InlineData("ridmap=pids=0-1-2")]
    public void Options_that_are_written_wrongly_are_refused(string option) =>
        Assert.EndsWith("is not idmap=uids=FROM-TO-SIZE#…;gids=FROM-TO-SIZE#…", Assert.Single(Problems.OfMount(Bind(option))), StringComparison.Ordinal);

    [Fact]
    public void Options_must_map_uids_and_gids() =>
        Assert.EndsWith("must map uids and gids: what is not mapped belongs to nobody", Assert.Single(Problems.OfMount(Bind("idmap=uids=0-1-2"))), StringComparison.Ordinal);

    [Fact]
    public void Maps_stand_in_one_place() =>
        Assert.Single(Problems.OfMount(Bind("idmap=uids=0-1-2;gids=0-1-2") with { UidMappings = Map, GidMappings = Map }));

    [Fact]
    public void Ranges_must_fit_and_not_overlap() =>
        Assert.Equal(["mounts[0].uidMappings[1]: overlaps with mounts[0].uidMappings[0]"], Problems.OfMount(Bind("idmap") with { UidMappings = [.. Map, new(5, 9000, 1)], GidMappings = Map }));

    [Fact]
    public void Only_bind_mounts_are_mapped() =>
        Assert.StartsWith("mounts[0]: only a bind mount", Assert.Single(Problems.OfMount(new MountSpec { Destination = "/a", Type = "tmpfs", UidMappings = Map, GidMappings = Map })), StringComparison.Ordinal);
}

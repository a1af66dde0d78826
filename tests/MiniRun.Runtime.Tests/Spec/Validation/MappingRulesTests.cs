using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class MappingRulesTests
{
    private static readonly IdMapping[] Plain = [new(0, 100_000, 65_536)];

    private static IReadOnlyList<string> OfMaps(IdMapping[] uids, IdMapping[] gids, UserSpec? user = null) => Problems.Of(spec => spec with
    {
        Process = spec.Process! with { User = user ?? new UserSpec() },
        Linux = Problems.Namespaces(spec.Linux, [], new NamespaceSpec(NamespaceType.User, null)) with { UidMappings = uids, GidMappings = gids },
    });

    [Fact]
    public void Mappings_need_a_user_namespace()
    {
        Assert.Equal(["linux.uidMappings: needs a user namespace in linux.namespaces"], Problems.OfLinux(linux => linux with { UidMappings = Plain, GidMappings = Plain }));
        Assert.Equal(["linux.gidMappings: needs a user namespace in linux.namespaces"], Problems.OfLinux(linux => linux with { GidMappings = Plain }));
    }

    [Fact]
    public void Mappings_may_stand_beside_a_user_namespace_that_is_joined() =>
        Assert.Empty(Problems.OfLinux(linux => Problems.Namespaces(linux, [], new NamespaceSpec(NamespaceType.User, "/proc/5/ns/user")) with { UidMappings = Plain, GidMappings = Plain }));

    [Fact]
    public void A_new_user_namespace_maps_its_root() =>
        Assert.Equal(
            ["linux.uidMappings: id 0 is not mapped into the user namespace", "linux.gidMappings: id 0 is not mapped into the user namespace"],
            OfMaps([], [new(1, 1, 1)], new UserSpec { Uid = 0, Gid = 1 }));

    [Fact]
    public void The_ids_of_the_process_are_mapped()
    {
        Assert.Empty(OfMaps(Plain, Plain, new UserSpec { Uid = 65_535, Gid = 1, AdditionalGids = [0, 7] }));
        Assert.Equal(
            [
                "process.user.uid: id 65536 is not mapped into the user namespace",
                "process.user.gid: id 70000 is not mapped into the user namespace",
                "process.user.additionalGids[1]: id 4294967294 is not mapped into the user namespace",
            ],
            OfMaps(Plain, Plain, new UserSpec { Uid = 65_536, Gid = 70_000, AdditionalGids = [5, 4_294_967_294] }));
    }

    [Fact]
    public void Ranges_that_overlap_inside_or_outside_are_refused()
    {
        Assert.Equal(["linux.uidMappings[1]: overlaps with linux.uidMappings[0]"], OfMaps([new(0, 1000, 10), new(9, 5000, 1)], Plain));
        Assert.Equal(["linux.gidMappings[2]: overlaps with linux.gidMappings[1]"], OfMaps(Plain, [new(0, 1000, 10), new(10, 5000, 5), new(20, 5004, 1)]));
        Assert.Empty(OfMaps([new(0, 1000, 10), new(10, 1010, 5), new(15, 0, 1000)], Plain));
    }

    [Fact]
    public void A_range_is_not_empty_and_ends_before_the_last_id()
    {
        Assert.Equal(["linux.uidMappings[1].size: must not be 0"], OfMaps([new(0, 1, 1), new(7, 7, 0)], Plain));
        Assert.Equal(["linux.uidMappings[0]: reaches beyond the highest id, 4294967294"], OfMaps([new(0, 1, uint.MaxValue)], Plain));
        Assert.Empty(OfMaps([new(0, 0, uint.MaxValue)], Plain));
    }

    [Fact]
    public void The_kernel_takes_340_ranges()
    {
        IdMapping[] map = [.. Enumerable.Range(0, 341).Select(i => new IdMapping((uint)(2 * i), (uint)(2 * i), 1))];
        Assert.Equal(["linux.uidMappings: more than the 340 entries the kernel takes"], OfMaps(map, Plain));
        Assert.Empty(OfMaps(map[..340], Plain));
    }
}

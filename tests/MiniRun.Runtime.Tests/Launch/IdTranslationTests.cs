using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Launch;

public sealed class IdTranslationTests
{
    [Fact]
    public void Ids_are_found_in_the_range_that_holds_them_and_else_overflow()
    {
        IdTranslation ids = new([new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 10)]);

        Assert.Equal(1000U, ids.ToHost(0));
        Assert.Equal(100009U, ids.ToHost(10));
        Assert.Equal(65534U, ids.ToHost(11));
        Assert.Equal(7U, IdTranslation.None.ToHost(7));
    }

    [Fact]
    public void The_kernels_own_map_is_read()
    {
        IdTranslation ids = IdTranslation.Read(Environment.ProcessId, "uid_map");

        Assert.NotEmpty(ids.Mappings);
        Assert.Equal(ids.Mappings[0].HostId, ids.ToHost(ids.Mappings[0].ContainerId));
    }
}

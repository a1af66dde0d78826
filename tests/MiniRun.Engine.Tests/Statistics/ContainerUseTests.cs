using MiniRun.Engine.Containers;
using MiniRun.Engine.Statistics;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Statistics;

public sealed class ContainerUseTests
{
    private const ulong HostMemory = 8UL << 30;

    private static readonly string[] s_all = ["cpu", "memory", "io", "pids"];
    private static readonly ContainerSummary s_container = new(ContainerId.Parse("web"), null, ContainerPhase.Running);

    [Fact]
    public void The_share_of_processors_is_that_of_the_time_between()
    {
        var use = ContainerUse.Of(s_container, Sample(10, cpu: 1_000_000_000), Sample(12, cpu: 4_000_000_000), HostMemory);
        Assert.Equal(150, use.Cpu);
        Assert.Null(ContainerUse.Of(s_container, null, Sample(12, cpu: 4), HostMemory).Cpu);
        Assert.Equal(0, ContainerUse.Of(s_container, Sample(10, cpu: 9), Sample(12, cpu: 4), HostMemory).Cpu);
    }

    [Fact]
    public void Memory_is_without_what_can_be_dropped_and_the_limit_at_most_the_hosts()
    {
        var use = ContainerUse.Of(s_container, null, Sample(1, memory: 100, droppable: 30, limit: ulong.MaxValue), HostMemory);
        Assert.Equal(70UL, use.Memory);
        Assert.Equal(HostMemory, use.MemoryLimit);
        Assert.Equal(64UL, ContainerUse.Of(s_container, null, Sample(1, memory: 10, droppable: 30, limit: 64), HostMemory).MemoryLimit);
        Assert.Equal(0UL, ContainerUse.Of(s_container, null, Sample(1, memory: 10, droppable: 30, limit: 64), HostMemory).Memory);
    }

    [Fact]
    public void Disks_are_summed_up() =>
        Assert.Equal((3UL, 30UL), ContainerUse.Of(s_container, null, Sample(1), HostMemory).Block);

    [Fact]
    public void What_no_controller_counts_is_not_known()
    {
        var use = ContainerUse.Of(s_container, Sample(1), Sample(2, controllers: []), HostMemory);
        Assert.Null(use.Memory);
        Assert.Null(use.MemoryLimit);
        Assert.Null(use.Block);
        Assert.NotNull(use.Cpu);
        Assert.Equal(4, use.Processes);
        Assert.Null(ContainerUse.Of(s_container, null, new ContainerSample(default, null, null, null), HostMemory).Memory);
    }

    [Fact]
    public void Of_what_does_not_run_all_is_zero()
    {
        var use = ContainerUse.Of(s_container, Sample(1), null, HostMemory);
        Assert.Equal((0, 0UL, 0UL, 0), (use.Cpu, use.Memory, use.MemoryLimit, use.Processes));
        Assert.Equal((0UL, 0UL), use.Network);
    }

    [Fact]
    public void Of_what_is_gone_nothing_is_known()
    {
        var use = ContainerUse.Of(s_container with { Phase = ContainerPhase.Dead }, Sample(1), null, HostMemory);
        Assert.Equal((null, null, null, null), (use.Cpu, use.Memory, use.Network, use.Processes));
    }

    [Fact]
    public void Bytes_of_the_network_are_those_of_all_interfaces_but_loopback() => Assert.Equal((1500UL, 70UL), ContainerSample.SumOf(
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:  999      1    0    0    0     0          0         0      999       1    0    0    0     0       0          0
          eth0: 1000      1    0    0    0     0          0         0       50       1    0    0    0     0       0          0
          eth1:500      1    0    0    0     0          0         0       20       1    0    0    0     0       0          0
        """));

    private static ContainerSample Sample(int seconds, ulong cpu = 0, ulong memory = 0, ulong droppable = 0, ulong limit = ulong.MaxValue, string[]? controllers = null) => new(
        TimeSpan.FromSeconds(seconds),
        new CgroupStatistics
        {
            Cpu = new CpuStatistics(cpu, 0, 0, 0, 0, 0),
            Memory = new MemoryStatistics { Usage = memory, Peak = 0, Limit = limit, Swap = 0, SwapLimit = 0, Raw = new Dictionary<string, ulong> { ["inactive_file"] = droppable } },
            Pids = (4, ulong.MaxValue),
            Io = [new IoStatistics(8, 0, 1, 10, 0, 0), new IoStatistics(8, 16, 2, 20, 0, 0)],
            Hugetlb = new Dictionary<string, HugetlbStatistics>(),
            CpuPressure = null,
            MemoryPressure = null,
            IoPressure = null,
            Controllers = controllers ?? s_all,
        },
        4,
        (0, 0));
}

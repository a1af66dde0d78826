using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class MemoryLimitTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Swap_counts_memory_too_so_memory_is_taken_off()
        => Assert.Equal(
            [new("memory.swap.max", "1048576"), new("memory.max", "2097152")],
            MemoryController.Translate(new() { Limit = 2 * Megabyte, Swap = 3 * Megabyte }));

    [Fact]
    public void Swap_equal_to_memory_is_no_swap()
        => Assert.Contains(new("memory.swap.max", "0"), MemoryController.Translate(new() { Limit = Megabyte, Swap = Megabyte }));

    [Fact]
    public void Unlimited_memory_lifts_the_swap_limit_too()
        => Assert.Equal([new("memory.swap.max", "max"), new("memory.max", "max")], MemoryController.Translate(new() { Limit = -1 }));

    [Fact]
    public void Unlimited_swap_needs_no_memory_limit()
        => Assert.Equal([new("memory.swap.max", "max")], MemoryController.Translate(new() { Swap = -1 }));

    [Fact]
    public void The_reservation_is_memory_low()
        => Assert.Equal([new("memory.low", "1048576")], MemoryController.Translate(new() { Reservation = Megabyte }));

    [Fact]
    public void What_docker_sends_for_unset_is_unset()
        => Assert.Empty(MemoryController.Translate(new() { Limit = 0, Swap = 0, Kernel = 0, KernelTcp = 0, Swappiness = 0, DisableOomKiller = false }));

    [Theory]
    [InlineData(null, 1000L)]
    [InlineData(0L, 1000L)]
    [InlineData(-1L, 1000L)]
    [InlineData(2000L, 1000L)]
    [InlineData(2000L, -2L)]
    [InlineData(-2L, null)]
    public void Contradictions_are_refused(long? limit, long? swap)
        => Assert.Throws<MiniRunException>(() => MemoryController.Translate(new() { Limit = limit, Swap = swap }));

    [Fact]
    public void What_only_cgroup_v1_has_is_refused_by_name()
    {
        Assert.Contains("swappiness", Assert.Throws<MiniRunException>(() => MemoryController.Translate(new() { Swappiness = 10 })).Message, StringComparison.Ordinal);
        Assert.Contains("kernel", Assert.Throws<MiniRunException>(() => MemoryController.Translate(new() { Kernel = 10 })).Message, StringComparison.Ordinal);
        Assert.Contains("kernelTCP", Assert.Throws<MiniRunException>(() => MemoryController.Translate(new() { KernelTcp = 10 })).Message, StringComparison.Ordinal);
        Assert.Contains("disableOOMKiller", Assert.Throws<MiniRunException>(() => MemoryController.Translate(new() { DisableOomKiller = true })).Message, StringComparison.Ordinal);
    }
}

using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class ResourceBundleTests
{
    private static ResourcesSpec Build(ResourceChoices choices) => Given.Spec(Given.Request with { Resources = choices }).Linux.Resources;

    private static ByteSize Size(string text) => ByteSize.Parse(text, "-m");

    [Fact]
    public void Nothing_asked_limits_nothing()
    {
        ResourcesSpec resources = Build(new());
        Assert.Null(resources.Memory);
        Assert.Null(resources.Cpu);
        Assert.Null(resources.Pids);
        Assert.Null(resources.BlockIo);
    }

    [Fact]
    public void Memory_brings_as_much_swap_unless_told_otherwise()
    {
        Assert.Equal((512L << 20, 1L << 30), (Build(new() { Memory = Size("512m") }).Memory!.Limit, Build(new() { Memory = Size("512m") }).Memory!.Swap));
        Assert.Equal(-1, Build(new() { Memory = Size("512m"), MemorySwap = new ByteSize(-1) }).Memory!.Swap);
        Assert.Equal(512L << 20, Build(new() { Memory = Size("512m"), MemorySwap = Size("512m") }).Memory!.Swap);
        Assert.Equal(256L << 20, Build(new() { MemoryReservation = Size("256m") }).Memory!.Reservation);
    }

    [Theory]
    [InlineData("4", null, null, "a number without a unit is bytes")]
    [InlineData(null, "1g", null, "give --memory too")]
    [InlineData("1g", "512m", null, "at least as large as --memory")]
    [InlineData("1g", null, "2g", "at least as large as --memory-reservation")]
    public void Memory_options_that_contradict_each_other_are_refused(string? memory, string? swap, string? reservation, string part)
    {
        var choices = new ResourceChoices
        {
            Memory = memory is null ? null : Size(memory),
            MemorySwap = swap is null ? null : Size(swap),
            MemoryReservation = reservation is null ? null : Size(reservation),
        };
        Assert.Contains(part, Assert.Throws<MiniRunException>(() => Build(choices)).Message);
    }

    [Fact]
    public void Half_a_cpu_is_50_ms_of_each_100()
    {
        CpuSpec cpu = Build(new() { Cpus = CpuCount.Parse("0.5", "--cpus"), CpuShares = 512, CpusetCpus = "0-1" }).Cpu!;
        Assert.Equal((50_000L, 100_000UL, 512UL, "0-1"), (cpu.Quota!.Value, cpu.Period!.Value, cpu.Shares!.Value, cpu.Cpus!));
    }

    [Fact]
    public void A_quota_a_memory_node_and_files_of_the_cgroup_are_passed_on()
    {
        ResourcesSpec resources = Build(new() { CpuQuota = 5000, CpuPeriod = 10_000, CpusetMems = "0", CgroupFiles = [new("memory.high", "5")] });
        Assert.Equal((5000L, 10_000UL, "0"), (resources.Cpu!.Quota!.Value, resources.Cpu.Period!.Value, resources.Cpu.Mems!));
        Assert.Equal("5", resources.Unified["memory.high"]);
        Assert.Equal(new DeviceRuleSpec(true, 'c', 42, null, "r"), Build(new() { DeviceRules = [new(true, 'c', 42, null, "r")] }).Devices[^1]);
    }

    [Theory]
    [InlineData(999UL, null, "CPU cfs period can not be less than 1ms")]
    [InlineData(null, 999L, "CPU cfs quota can not be less than 1ms")]
    public void Quotas_that_the_kernel_does_not_have_are_refused(ulong? period, long? quota, string part) =>
        Assert.Contains(part, Assert.Throws<MiniRunException>(() => Build(new() { CpuPeriod = period, CpuQuota = quota })).Message);

    [Fact]
    public void Cpus_and_a_quota_exclude_each_other() =>
        Assert.Contains("--cpus and --cpu-quota cannot both be set", Assert.Throws<MiniRunException>(() => Build(new() { Cpus = CpuCount.Parse("1", "--cpus"), CpuQuota = 5000 })).Message);

    [Fact]
    public void More_cpus_than_the_machine_has_are_refused() =>
        Assert.Contains("this machine has 4 CPUs", Assert.Throws<MiniRunException>(() => Build(new() { Cpus = CpuCount.Parse("4.5", "--cpus") })).Message);

    [Fact]
    public void Tasks_and_disks_are_limited()
    {
        var rates = new BlockIoSpec { ThrottleWriteBpsDevice = [new ThrottleDeviceSpec(8, 0, 5 << 20)] };
        RunRequest request = Given.Request with
        {
            Resources = new() { PidsLimit = 20, BlockIoWeight = 300, WriteBytesRates = [new DeviceRate("/dev/sda", 5 << 20)] },
        };
        Bundle bundle = BundleBuilder.Build(Given.Inputs(request) with { Rates = rates });
        ResourcesSpec resources = bundle.Spec.Linux.Resources;
        Assert.Equal(20, resources.Pids!.Limit);
        Assert.Equal((ushort)300, resources.BlockIo!.Weight);
        Assert.Equal(rates.ThrottleWriteBpsDevice, resources.BlockIo.ThrottleWriteBpsDevice);
        Assert.Equal("--device-write-bps /dev/sda:5242880", bundle.Origins.Of("linux.resources.blockIO.throttleWriteBpsDevice", 0));
    }

    [Fact]
    public void A_step_that_names_a_whole_section_is_told_all_options_of_it()
    {
        Bundle bundle = BundleBuilder.Build(Given.Inputs(Given.Request with { Resources = new() { Memory = Size("64m"), MemoryReservation = Size("32m") } }));
        Assert.Equal("--memory 64m --memory-reservation 32m", bundle.Origins.Of("linux.resources.memory", -1));
        Assert.Null(bundle.Origins.Of("linux.resources.cpu", -1));
    }
}

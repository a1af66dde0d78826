using MiniRun.Linux.Cgroups;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>linux.resources as writes to cgroup v2 files, in the order they are made; unified, written last, may override any.</summary>
internal static class CgroupSettings
{
    public static List<CgroupSetting> Of(ResourcesSpec resources, bool bfq)
    {
        List<CgroupSetting> settings = [];
        if (resources.Memory is { } memory)
        {
            Take(settings, "linux.resources.memory", MemoryController.Translate(LimitsOf(memory)));
        }

        if (resources.Cpu is { } cpu)
        {
            Take(settings, "linux.resources.cpu", CpuController.Translate(LimitsOf(cpu)));
            Take(settings, "linux.resources.cpu", CpusetController.Translate(cpu.Cpus, cpu.Mems));
        }

        if (resources.Pids is { } pids)
        {
            Take(settings, "linux.resources.pids", PidsController.Translate(pids.Limit));
        }

        if (resources.BlockIo is { } io)
        {
            Take(settings, "linux.resources.blockIO", IoController.Translate(LimitsOf(io), bfq));
        }

        foreach (HugepageLimitSpec huge in resources.HugepageLimits)
        {
            Take(settings, "linux.resources.hugepageLimits", HugetlbController.Translate(huge.PageSize, huge.Limit));
        }

        foreach ((string device, RdmaSpec rdma) in resources.Rdma)
        {
            Take(settings, "linux.resources.rdma", RdmaController.Translate(device, rdma.HcaHandles, rdma.HcaObjects));
        }

        foreach ((string file, string value) in resources.Unified)
        {
            Take(settings, "linux.resources.unified", UnifiedSettings.Translate(file, value));
        }

        return settings;
    }

    private static void Take(List<CgroupSetting> settings, string source, IReadOnlyList<CgroupWrite> writes)
    {
        for (int i = 0; i < writes.Count; i++)
        {
            settings.Add(new CgroupSetting(writes[i], source));
        }
    }

    private static MemoryLimits LimitsOf(MemorySpec memory) => new()
    {
        Limit = memory.Limit,
        Reservation = memory.Reservation,
        Swap = memory.Swap,
        Kernel = memory.Kernel,
        KernelTcp = memory.KernelTcp,
        Swappiness = memory.Swappiness,
        DisableOomKiller = memory.DisableOomKiller,
    };

    private static CpuLimits LimitsOf(CpuSpec cpu) => new()
    {
        Shares = cpu.Shares,
        Quota = cpu.Quota,
        Period = cpu.Period,
        Burst = cpu.Burst,
        Idle = cpu.Idle,
        RealtimeRuntime = cpu.RealtimeRuntime,
        RealtimePeriod = cpu.RealtimePeriod,
    };

    private static IoLimits LimitsOf(BlockIoSpec io) => new()
    {
        Weight = io.Weight,
        LeafWeight = io.LeafWeight,
        DeviceWeights = Weights(io.WeightDevice),
        ReadBytes = Rates(io.ThrottleReadBpsDevice),
        WriteBytes = Rates(io.ThrottleWriteBpsDevice),
        ReadOperations = Rates(io.ThrottleReadIopsDevice),
        WriteOperations = Rates(io.ThrottleWriteIopsDevice),
    };

    private static DeviceWeight[] Weights(IReadOnlyList<WeightDeviceSpec> devices)
    {
        DeviceWeight[] weights = new DeviceWeight[devices.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = new DeviceWeight(new BlockDevice(devices[i].Major, devices[i].Minor), devices[i].Weight, devices[i].LeafWeight);
        }

        return weights;
    }

    private static DeviceRate[] Rates(IReadOnlyList<ThrottleDeviceSpec> devices)
    {
        DeviceRate[] rates = new DeviceRate[devices.Count];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = new DeviceRate(new BlockDevice(devices[i].Major, devices[i].Minor), devices[i].Rate);
        }

        return rates;
    }
}

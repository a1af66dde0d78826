using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>config.json's linux.resources but for the devices: -m, --cpus and the other limits.</summary>
internal static class ResourcesPart
{
    private const string Path = "linux.resources";
    private const long SmallestMemory = 512 << 10;

    internal static ResourcesSpec Build(BundleInputs inputs, OptionOrigins origins)
    {
        ResourceChoices choices = inputs.Request.Resources;
        return Build(choices, inputs.Caller.Processors, origins) with
        {
            BlockIo = BlockIo(choices, inputs.Rates, origins),
            Unified = Unified(choices, origins),
        };
    }

    /// <summary>Memory, CPUs and tasks.</summary>
    /// <exception cref="MiniRunException">Limits contradict each other, or this machine cannot give them.</exception>
    internal static ResourcesSpec Build(ResourceChoices choices, int processors, OptionOrigins origins) => new()
    {
        Memory = Memory(choices, origins),
        Cpu = Cpu(choices, processors, origins),
        Pids = Pids(choices, origins),
    };

    private static Dictionary<string, string> Unified(ResourceChoices choices, OptionOrigins origins)
    {
        Dictionary<string, string> files = [];
        foreach ((string file, string value) in choices.CgroupFiles)
        {
            origins.Add($"{Path}.unified", $"--cgroup-conf {file}={value}");
            files[file] = value;
        }

        return files;
    }

    /// <summary>Memory and swap together, in bytes, -1 without limit; docker's default is as much swap as memory.</summary>
    internal static long? SwapOf(ResourceChoices choices)
    {
        if (choices.MemorySwap is { Bytes: not 0 } swap)
        {
            return swap.Bytes;
        }

        return Positive(choices.Memory) is { } limit ? limit > long.MaxValue / 2 ? -1 : limit * 2 : null;
    }

    private static MemorySpec? Memory(ResourceChoices choices, OptionOrigins origins)
    {
        if (choices.Memory is null && choices.MemorySwap is null && choices.MemoryReservation is null)
        {
            return null;
        }

        long? limit = Positive(choices.Memory);
        long? swap = choices.MemorySwap is { Bytes: not 0 } given ? given.Bytes : null;
        CheckMemory(limit, swap, choices.MemoryReservation?.Bytes);
        Note(limit is not null, $"{Path}.memory.limit", $"--memory {choices.Memory}");
        Note(swap is not null, $"{Path}.memory.swap", $"--memory-swap {swap}");
        Note(choices.MemoryReservation is not null, $"{Path}.memory.reservation", $"--memory-reservation {choices.MemoryReservation}");
        if (swap is null && limit is not null)
        {
            swap = SwapOf(choices);
            origins.Add($"{Path}.memory.swap", $"--memory {choices.Memory}");
        }

        return new MemorySpec { Limit = limit, Swap = swap, Reservation = Positive(choices.MemoryReservation) };

        void Note(bool asked, string path, string option)
        {
            if (asked)
            {
                origins.Add(path, option);
            }
        }
    }

    private static long? Positive(ByteSize? size) => size is { Bytes: > 0 } ? size.Value.Bytes : null;

    private static void CheckMemory(long? limit, long? swap, long? reservation)
    {
        if (limit is < SmallestMemory)
        {
            throw new MiniRunException(string.Create(CultureInfo.InvariantCulture, $"--memory {limit}: no program starts in less than 512k; a number without a unit is bytes"));
        }

        if (swap > 0 && limit is null)
        {
            throw new MiniRunException("--memory-swap counts memory and swap together: give --memory too");
        }

        if (swap > 0 && swap < limit)
        {
            throw new MiniRunException("--memory-swap must be at least as large as --memory: it counts memory and swap together");
        }

        if (reservation > limit)
        {
            throw new MiniRunException("--memory must be at least as large as --memory-reservation");
        }
    }

    private static CpuSpec? Cpu(ResourceChoices choices, int processors, OptionOrigins origins)
    {
        if (choices is { Cpus: null, CpuShares: null, CpuPeriod: null, CpuQuota: null, CpusetCpus: null, CpusetMems: null })
        {
            return null;
        }

        if (choices.Cpus is { } cpus && cpus.Billionths > processors * 1_000_000_000L)
        {
            throw new MiniRunException(string.Create(CultureInfo.InvariantCulture, $"--cpus {cpus}: this machine has {processors} CPUs, so give 0.01 to {processors}"));
        }

        CheckQuota(choices);
        Note(choices.Cpus is not null, $"{Path}.cpu.quota", $"--cpus {choices.Cpus}");
        Note(choices.Cpus is not null, $"{Path}.cpu.period", $"--cpus {choices.Cpus}");
        Note(choices.CpuShares is not null, $"{Path}.cpu.shares", $"--cpu-shares {choices.CpuShares}");
        Note(choices.CpuQuota is not null, $"{Path}.cpu.quota", $"--cpu-quota {choices.CpuQuota}");
        Note(choices.CpuPeriod is not null, $"{Path}.cpu.period", $"--cpu-period {choices.CpuPeriod}");
        Note(choices.CpusetCpus is not null, $"{Path}.cpu.cpus", $"--cpuset-cpus {choices.CpusetCpus}");
        Note(choices.CpusetMems is not null, $"{Path}.cpu.mems", $"--cpuset-mems {choices.CpusetMems}");
        return new CpuSpec
        {
            Quota = choices.Cpus?.Quota ?? choices.CpuQuota,
            Period = choices.Cpus is null ? choices.CpuPeriod : CpuCount.Period,
            Shares = choices.CpuShares,
            Cpus = choices.CpusetCpus,
            Mems = choices.CpusetMems,
        };

        void Note(bool asked, string path, string option)
        {
            if (asked)
            {
                origins.Add(path, option);
            }
        }
    }

    /// <summary>moby's verifyPlatformContainerResources.</summary>
    private static void CheckQuota(ResourceChoices choices)
    {
        if (choices.Cpus is not null && (choices.CpuPeriod is not null || choices.CpuQuota is not null))
        {
            throw new MiniRunException($"Conflicting options: --cpus and {(choices.CpuPeriod is not null ? "--cpu-period" : "--cpu-quota")} cannot both be set: --cpus is a quota in periods of 100000");
        }

        if (choices.CpuPeriod is < 1000 or > 1_000_000)
        {
            throw new MiniRunException("--cpu-period: CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        }

        if (choices.CpuQuota is >= 0 and < 1000)
        {
            throw new MiniRunException("--cpu-quota: CPU cfs quota can not be less than 1ms (i.e. 1000); -1 is unlimited");
        }
    }

    private static PidsSpec? Pids(ResourceChoices choices, OptionOrigins origins)
    {
        if (choices.PidsLimit is not { } limit)
        {
            return null;
        }

        origins.Add($"{Path}.pids.limit", $"--pids-limit {limit}");
        return new PidsSpec(limit);
    }

    private static BlockIoSpec? BlockIo(ResourceChoices choices, BlockIoSpec rates, OptionOrigins origins)
    {
        const string blockIo = $"{Path}.blockIO";
        Note(choices.ReadBytesRates, "throttleReadBpsDevice", "--device-read-bps");
        Note(choices.WriteBytesRates, "throttleWriteBpsDevice", "--device-write-bps");
        Note(choices.ReadOperationRates, "throttleReadIOPSDevice", "--device-read-iops");
        Note(choices.WriteOperationRates, "throttleWriteIOPSDevice", "--device-write-iops");
        if (choices.BlockIoWeight is not null)
        {
            origins.Add($"{blockIo}.weight", $"--blkio-weight {choices.BlockIoWeight}");
        }

        bool any = choices.BlockIoWeight is not null || choices.ReadBytesRates.Count + choices.WriteBytesRates.Count
            + choices.ReadOperationRates.Count + choices.WriteOperationRates.Count > 0;
        return any ? rates with { Weight = choices.BlockIoWeight } : null;

        void Note(IReadOnlyList<DeviceRate> asked, string field, string option)
        {
            for (int i = 0; i < asked.Count; i++)
            {
                origins.Add($"{blockIo}.{field}", i, string.Create(CultureInfo.InvariantCulture, $"{option} {asked[i].Path}:{asked[i].Rate}"));
            }
        }
    }
}

namespace MiniRun.Runtime.Spec.Reading;

/// <summary>linux.resources, also the body of `update --resources`.</summary>
internal static class ResourcesReader
{
    public static ResourcesSpec Read(ref JsonCursor json)
    {
        ResourcesSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static ResourcesSpec ReadMember(ref JsonCursor json, ResourcesSpec spec) =>
        json.Is("devices"u8) ? spec with { Devices = json.List(DeviceReader.ReadRule) } :
        json.Is("memory"u8) ? spec with { Memory = ReadMemory(ref json) } :
        json.Is("cpu"u8) ? spec with { Cpu = ReadCpu(ref json) } :
        json.Is("pids"u8) ? spec with { Pids = ReadPids(ref json) } :
        json.Is("blockIO"u8) ? spec with { BlockIo = BlockIoReader.Read(ref json) } :
        json.Is("hugepageLimits"u8) ? spec with { HugepageLimits = json.List(ReadHugepageLimit) } :
        json.Is("network"u8) ? spec with { Network = ReadNetwork(ref json) } :
        json.Is("rdma"u8) ? spec with { Rdma = json.Map(ReadRdma) } :
        json.Is("unified"u8) ? spec with { Unified = json.TextMap() } :
        json.Ignore(spec);

    private static MemorySpec ReadMemory(ref JsonCursor json)
    {
        MemorySpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadMemoryMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static MemorySpec ReadMemoryMember(ref JsonCursor json, MemorySpec spec) =>
        json.Is("limit"u8) ? spec with { Limit = json.Signed() } :
        json.Is("reservation"u8) ? spec with { Reservation = json.Signed() } :
        json.Is("swap"u8) ? spec with { Swap = json.Signed() } :
        json.Is("kernel"u8) ? spec with { Kernel = json.Signed() } :
        json.Is("kernelTCP"u8) ? spec with { KernelTcp = json.Signed() } :
        json.Is("swappiness"u8) ? spec with { Swappiness = json.Unsigned() } :
        json.Is("disableOOMKiller"u8) ? spec with { DisableOomKiller = json.Boolean() } :
        json.Is("useHierarchy"u8) ? spec with { UseHierarchy = json.Boolean() } :
        json.Is("checkBeforeUpdate"u8) ? spec with { CheckBeforeUpdate = json.Boolean() } :
        json.Ignore(spec);

    private static CpuSpec ReadCpu(ref JsonCursor json)
    {
        CpuSpec spec = new();
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadCpuMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static CpuSpec ReadCpuMember(ref JsonCursor json, CpuSpec spec) =>
        json.Is("shares"u8) ? spec with { Shares = json.Unsigned() } :
        json.Is("quota"u8) ? spec with { Quota = json.Signed() } :
        json.Is("burst"u8) ? spec with { Burst = json.Unsigned() } :
        json.Is("period"u8) ? spec with { Period = json.Unsigned() } :
        json.Is("realtimeRuntime"u8) ? spec with { RealtimeRuntime = json.Signed() } :
        json.Is("realtimePeriod"u8) ? spec with { RealtimePeriod = json.Unsigned() } :
        json.Is("cpus"u8) ? spec with { Cpus = json.OptionalText() } :
        json.Is("mems"u8) ? spec with { Mems = json.OptionalText() } :
        json.Is("idle"u8) ? spec with { Idle = json.Signed() } :
        json.Ignore(spec);

    private static PidsSpec ReadPids(ref JsonCursor json)
    {
        PidsSpec spec = new(Limit: null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadPidsMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static PidsSpec ReadPidsMember(ref JsonCursor json, PidsSpec spec) =>
        json.Is("limit"u8) ? spec with { Limit = json.Signed() } :
        json.Ignore(spec);

    private static HugepageLimitSpec ReadHugepageLimit(ref JsonCursor json)
    {
        HugepageLimitSpec spec = new("", 0);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadHugepageLimitMember(ref json, spec);
        }

        json.Require("pageSize"u8);
        json.Require("limit"u8);
        json.EndObject();
        return spec;
    }

    private static HugepageLimitSpec ReadHugepageLimitMember(ref JsonCursor json, HugepageLimitSpec spec) =>
        json.Is("pageSize"u8) ? spec with { PageSize = json.Text() ?? "" } :
        json.Is("limit"u8) ? spec with { Limit = json.Unsigned() ?? 0 } :
        json.Ignore(spec);

    private static RdmaSpec ReadRdma(ref JsonCursor json)
    {
        RdmaSpec spec = new(null, null);
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadRdmaMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static RdmaSpec ReadRdmaMember(ref JsonCursor json, RdmaSpec spec) =>
        json.Is("hcaHandles"u8) ? spec with { HcaHandles = json.UInt32() } :
        json.Is("hcaObjects"u8) ? spec with { HcaObjects = json.UInt32() } :
        json.Ignore(spec);

    private static NetworkSpec ReadNetwork(ref JsonCursor json)
    {
        NetworkSpec spec = new(null, new Dictionary<string, uint>());
        if (!json.BeginObject())
        {
            return spec;
        }

        while (json.NextMember())
        {
            spec = ReadNetworkMember(ref json, spec);
        }

        json.EndObject();
        return spec;
    }

    private static NetworkSpec ReadNetworkMember(ref JsonCursor json, NetworkSpec spec) =>
        json.Is("classID"u8) ? spec with { ClassId = json.UInt32() } :
        json.Is("priorities"u8) ? spec with { Priorities = ReadPriorities(ref json) } :
        json.Ignore(spec);

    private static Dictionary<string, uint> ReadPriorities(ref JsonCursor json)
    {
        Dictionary<string, uint> priorities = new(StringComparer.Ordinal);
        foreach ((string name, uint priority) in json.List(ReadPriority))
        {
            priorities[name] = priority;
        }

        return priorities;
    }

    private static (string Name, uint Priority) ReadPriority(ref JsonCursor json)
    {
        (string Name, uint Priority) entry = ("", 0);
        if (json.BeginObject())
        {
            while (json.NextMember())
            {
                entry =
                    json.Is("name"u8) ? entry with { Name = json.Text() ?? "" } :
                    json.Is("priority"u8) ? entry with { Priority = json.UInt32() ?? 0 } :
                    json.Ignore(entry);
            }

            json.Require("name"u8);
            json.Require("priority"u8);
            json.EndObject();
        }

        return entry;
    }
}

using System.Buffers;
using System.Text.Json;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime;

namespace MiniRun.Oci.Output;

/// <summary>`events` in runc's shape (its types/events.go): one compact JSON object a line, members that are 0 left out where runc leaves them out.</summary>
internal static class EventText
{
    public static byte[] OomKill(ContainerId id) => Line("oom", id, statistics: null);

    public static byte[] Statistics(ContainerId id, CgroupStatistics statistics) => Line("stats", id, statistics);

    private static byte[] Line(string type, ContainerId id, CgroupStatistics? statistics)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("id", id.Value);
            if (statistics is not null)
            {
                Write(json, statistics);
            }

            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter json, CgroupStatistics statistics)
    {
        json.WriteStartObject("data");
        WriteCpu(json, statistics.Cpu, statistics.CpuPressure);
        WriteMemory(json, statistics.Memory, statistics.MemoryPressure);
        json.WriteStartObject("pids");
        Positive(json, "current", statistics.Pids.Current);
        Positive(json, "limit", statistics.Pids.Limit == ulong.MaxValue ? 0 : statistics.Pids.Limit);
        json.WriteEndObject();
        WriteIo(json, statistics.Io, statistics.IoPressure);
        json.WriteStartObject("hugetlb");
        foreach ((string size, HugetlbStatistics pages) in statistics.Hugetlb)
        {
            json.WriteStartObject(size);
            Positive(json, "usage", pages.Usage);
            json.WriteNumber("failcnt", pages.Failures);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("intel_rdt");
        json.WriteEndObject();
        json.WriteNull("network_interfaces");
        json.WriteEndObject();
    }

    private static void WriteCpu(Utf8JsonWriter json, CpuStatistics cpu, PressureStatistics? pressure)
    {
        json.WriteStartObject("cpu");
        json.WriteStartObject("usage");
        Positive(json, "total", cpu.Total);
        json.WriteNumber("kernel", cpu.Kernel);
        json.WriteNumber("user", cpu.User);
        json.WriteEndObject();
        json.WriteStartObject("throttling");
        Positive(json, "periods", cpu.Periods);
        Positive(json, "throttledPeriods", cpu.ThrottledPeriods);
        Positive(json, "throttledTime", cpu.ThrottledTime);
        json.WriteEndObject();
        WritePressure(json, pressure);
        json.WriteEndObject();
    }

    private static void WriteMemory(Utf8JsonWriter json, MemoryStatistics memory, PressureStatistics? pressure)
    {
        json.WriteStartObject("memory");
        Positive(json, "cache", memory.Raw.GetValueOrDefault("file"));
        json.WriteStartObject("usage");
        json.WriteNumber("limit", memory.Limit);
        Positive(json, "usage", memory.Usage);
        Positive(json, "max", memory.Peak);
        json.WriteNumber("failcnt", 0);
        json.WriteEndObject();
        json.WriteStartObject("swap");
        json.WriteNumber("limit", memory.SwapLimit);
        Positive(json, "usage", memory.Swap);
        json.WriteNumber("failcnt", 0);
        json.WriteEndObject();
        if (memory.Raw.Count > 0)
        {
            json.WriteStartObject("raw");
            foreach ((string key, ulong value) in memory.Raw)
            {
                json.WriteNumber(key, value);
            }

            json.WriteEndObject();
        }

        WritePressure(json, pressure);
        json.WriteEndObject();
    }

    private static void WriteIo(Utf8JsonWriter json, IReadOnlyList<IoStatistics> devices, PressureStatistics? pressure)
    {
        json.WriteStartObject("blkio");
        if (devices.Count > 0)
        {
            WriteEntries(json, "ioServiceBytesRecursive", devices, static device => device.ReadBytes, static device => device.WrittenBytes);
            WriteEntries(json, "ioServicedRecursive", devices, static device => device.Reads, static device => device.Writes);
        }

        WritePressure(json, pressure);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, string name, IReadOnlyList<IoStatistics> devices, Func<IoStatistics, ulong> read, Func<IoStatistics, ulong> written)
    {
        json.WriteStartArray(name);
        foreach (IoStatistics device in devices)
        {
            WriteEntry(json, device, "Read", read(device));
            WriteEntry(json, device, "Write", written(device));
        }

        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, IoStatistics device, string operation, ulong value)
    {
        json.WriteStartObject();
        Positive(json, "major", device.Major);
        Positive(json, "minor", device.Minor);
        json.WriteString("op", operation);
        Positive(json, "value", value);
        json.WriteEndObject();
    }

    private static void WritePressure(Utf8JsonWriter json, PressureStatistics? pressure)
    {
        if (pressure is null)
        {
            return;
        }

        json.WriteStartObject("psi");
        WriteShare(json, "some", pressure.Some);
        WriteShare(json, "full", pressure.Full);
        json.WriteEndObject();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, PressureShare share)
    {
        json.WriteStartObject(name);
        json.WriteNumber("avg10", share.Last10);
        json.WriteNumber("avg60", share.Last60);
        json.WriteNumber("avg300", share.Last300);
        json.WriteNumber("total", share.Total);
        json.WriteEndObject();
    }

    private static void Positive(Utf8JsonWriter json, string name, ulong value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }
}

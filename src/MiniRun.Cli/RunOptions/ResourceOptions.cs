using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` that limit what the container uses.</summary>
internal sealed class ResourceOptions
{
    private const long MaxPids = 1L << 22; // PID_MAX_LIMIT

    private readonly Option<string?> _memory = Value("--memory", "SIZE", "Most memory, such as 512m; over it the OOM killer ends the program", "-m");
    private readonly Option<string?> _memorySwap = Value("--memory-swap", "SIZE", "Most memory and swap together; -1 is unlimited (default: twice --memory)");
    private readonly Option<string?> _memoryReservation = Value("--memory-reservation", "SIZE", "Memory that is taken from others first");
    private readonly Option<string?> _cpus = Value("--cpus", "NUMBER", "Most processor time, such as 0.5 for half of one CPU");
    private readonly Option<string?> _cpuShares = Value("--cpu-shares", "NUMBER", "Weight where CPUs are short: 2 to 262144 (default: 1024)", "-c");
    private readonly Option<string?> _cpuset = Value("--cpuset-cpus", "LIST", "Only these CPUs, such as 0-2,4");
    private readonly Option<string?> _cpuPeriod = Value("--cpu-period", "MICROSECONDS", "The period of --cpu-quota: 1000 to 1000000 (default: 100000)");
    private readonly Option<string?> _cpuQuota = Value("--cpu-quota", "MICROSECONDS", "Most processor time in each period; -1 is unlimited");
    private readonly Option<string?> _memoryNodes = Value("--cpuset-mems", "LIST", "Only memory of these NUMA nodes, such as 0-1");
    private readonly Option<string?> _pids = Value("--pids-limit", "NUMBER", "Most processes and threads; 0 or -1 is unlimited");
    private readonly Option<string?> _weight = Value("--blkio-weight", "NUMBER", "Weight where disks are busy: 10 to 1000; 0 is none");
    private readonly Option<string[]> _readBytes = Values("--device-read-bps", "DEVICE:SIZE", "Most bytes read from a disk in a second, such as /dev/sda:5mb");
    private readonly Option<string[]> _writeBytes = Values("--device-write-bps", "DEVICE:SIZE", "Most bytes written to a disk in a second");
    private readonly Option<string[]> _readOperations = Values("--device-read-iops", "DEVICE:NUMBER", "Most reads from a disk in a second");
    private readonly Option<string[]> _writeOperations = Values("--device-write-iops", "DEVICE:NUMBER", "Most writes to a disk in a second");
    private readonly Option<string[]> _deviceRules = Values("--device-cgroup-rule", "RULE", "Device nodes that may be used, such as \"c 42:* rwm\"");
    private readonly Option<string[]> _files = Values("--cgroup-conf", "KEY=VALUE", "A file of the cgroup and what is written to it, such as memory.high=1073741824");
    private readonly Option<string?> _parent = Value("--cgroup-parent", "PATH", "Make the container's cgroup below this one");

    internal ResourceOptions()
    {
        Changeable = [_memory, _memorySwap, _memoryReservation, _cpus, _cpuShares, _cpuPeriod, _cpuQuota, _cpuset, _memoryNodes, _pids, _weight];
        Group = new OptionGroup("Limits", [.. Changeable, _readBytes, _writeBytes, _readOperations, _writeOperations, _deviceRules, _files, _parent]);
    }

    internal OptionGroup Group { get; }

    /// <summary>Those that `update` has as well.</summary>
    internal IReadOnlyList<Option> Changeable { get; }

    /// <summary>Whether --pids-limit was given and is no limit.</summary>
    internal bool LiftsPids(ParseResult values) => values.GetValue(_pids) is not null && Read(values).PidsLimit is null;

    internal ResourceChoices Read(ParseResult values) => new()
    {
        Memory = values.One(_memory, ByteSize.Parse),
        MemorySwap = values.One(_memorySwap, (text, option) => text == "-1" ? new ByteSize(-1) : ByteSize.Parse(text, option)),
        MemoryReservation = values.One(_memoryReservation, ByteSize.Parse),
        Cpus = values.One(_cpus, (text, option) => text == "0" ? default : CpuCount.Parse(text, option)) is { Billionths: > 0 } cpus ? cpus : null,
        CpuShares = (ulong?)NonZero(values.One(_cpuShares, (text, option) => text == "0" ? 0 : OptionNumber.Parse(text, option, 2, 262_144))),
        CpuPeriod = (ulong?)NonZero(values.One(_cpuPeriod, (text, option) => OptionNumber.Parse(text, option, 0, long.MaxValue))),
        CpuQuota = NonZero(values.One(_cpuQuota, (text, option) => OptionNumber.Parse(text, option, -1, long.MaxValue))),
        CpusetCpus = values.GetValue(_cpuset) is { } list ? CpuList.Parse(list, _cpuset.Name) : null,
        CpusetMems = values.GetValue(_memoryNodes) is { } nodes ? CpuList.Parse(nodes, _memoryNodes.Name) : null,
        PidsLimit = values.One(_pids, (text, option) => OptionNumber.Parse(text, option, -1, MaxPids)) is > 0 and { } pids ? pids : null,
        BlockIoWeight = (ushort?)NonZero(values.One(_weight, (text, option) => text == "0" ? 0 : OptionNumber.Parse(text, option, 10, 1000))),
        ReadBytesRates = values.Each(_readBytes, DeviceRate.ParseBytes),
        WriteBytesRates = values.Each(_writeBytes, DeviceRate.ParseBytes),
        ReadOperationRates = values.Each(_readOperations, DeviceRate.ParseOperations),
        WriteOperationRates = values.Each(_writeOperations, DeviceRate.ParseOperations),
        DeviceRules = values.Each(_deviceRules, DeviceRuleOption.Parse),
        CgroupFiles = values.Each(_files, CgroupFileOption.Parse),
        CgroupParent = values.GetValue(_parent) is { } parent ? CgroupParentOption.Parse(parent, _parent.Name) : null,
    };

    private static long? NonZero(long? number) => number == 0 ? null : number;
}

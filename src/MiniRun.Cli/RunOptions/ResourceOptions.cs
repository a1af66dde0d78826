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
    private readonly Option<string?> _pids = Value("--pids-limit", "NUMBER", "Most processes and threads; 0 or -1 is unlimited");
    private readonly Option<string?> _weight = Value("--blkio-weight", "NUMBER", "Weight where disks are busy: 10 to 1000; 0 is none");
    private readonly Option<string[]> _readBytes = Values("--device-read-bps", "DEVICE:SIZE", "Most bytes read from a disk in a second, such as /dev/sda:5mb");
    private readonly Option<string[]> _writeBytes = Values("--device-write-bps", "DEVICE:SIZE", "Most bytes written to a disk in a second");
    private readonly Option<string[]> _readOperations = Values("--device-read-iops", "DEVICE:NUMBER", "Most reads from a disk in a second");
    private readonly Option<string[]> _writeOperations = Values("--device-write-iops", "DEVICE:NUMBER", "Most writes to a disk in a second");

    internal ResourceOptions()
    {
        Group = new OptionGroup(
            "Limits",
            [_memory, _memorySwap, _memoryReservation, _cpus, _cpuShares, _cpuset, _pids, _weight, _readBytes, _writeBytes, _readOperations, _writeOperations]);
    }

    internal OptionGroup Group { get; }

    internal ResourceChoices Read(ParseResult values) => new()
    {
        Memory = values.One(_memory, ByteSize.Parse),
        MemorySwap = values.One(_memorySwap, (text, option) => text == "-1" ? new ByteSize(-1) : ByteSize.Parse(text, option)),
        MemoryReservation = values.One(_memoryReservation, ByteSize.Parse),
        Cpus = values.One(_cpus, (text, option) => text == "0" ? default : CpuCount.Parse(text, option)) is { Billionths: > 0 } cpus ? cpus : null,
        CpuShares = (ulong?)NonZero(values.One(_cpuShares, (text, option) => text == "0" ? 0 : OptionNumber.Parse(text, option, 2, 262_144))),
        CpusetCpus = values.GetValue(_cpuset) is { } list ? CpuList.Parse(list, _cpuset.Name) : null,
        PidsLimit = values.One(_pids, (text, option) => OptionNumber.Parse(text, option, -1, MaxPids)) is > 0 and { } pids ? pids : null,
        BlockIoWeight = (ushort?)NonZero(values.One(_weight, (text, option) => text == "0" ? 0 : OptionNumber.Parse(text, option, 10, 1000))),
        ReadBytesRates = values.Each(_readBytes, DeviceRate.ParseBytes),
        WriteBytesRates = values.Each(_writeBytes, DeviceRate.ParseBytes),
        ReadOperationRates = values.Each(_readOperations, DeviceRate.ParseOperations),
        WriteOperationRates = values.Each(_writeOperations, DeviceRate.ParseOperations),
    };

    private static long? NonZero(long? number) => number == 0 ? null : number;
}

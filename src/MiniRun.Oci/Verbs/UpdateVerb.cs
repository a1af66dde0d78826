using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Oci.Grammar;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

internal static class UpdateVerb
{
    public static int Run(Invocation invocation)
    {
        OciContainers.Of(invocation).Update(invocation.Id, Resources(invocation.Options), Schemata(invocation.Options));
        return 0;
    }

    /// <summary>As runc: with --resources, all other options but the schemata are ignored.</summary>
    private static ResourcesSpec Resources(OptionValues options) => options.Text("resources") switch
    {
        null => FromOptions(options),
        "-" => SpecReader.ReadResources(HostFile.ReadBounded(FileDescriptor.Borrow(0), "standard input", Containers.MaxConfig)),
        string file => SpecReader.ReadResources(HostFile.ReadBounded(file, Containers.MaxConfig)),
    };

    /// <summary>What --resources has no word for. As runc: "" is left out.</summary>
    private static IntelRdtSpec? Schemata(OptionValues options)
    {
        IntelRdtSpec rdt = new() { L3CacheSchema = options.Text("l3-cache-schema"), MemBwSchema = options.Text("mem-bw-schema") };
        return rdt.SchemataToWrite().Count == 0 ? null : rdt;
    }

    private static ResourcesSpec FromOptions(OptionValues options)
    {
        return new ResourcesSpec
        {
            Memory = new MemorySpec
            {
                Limit = options.Bytes("memory"),
                Reservation = options.Bytes("memory-reservation"),
                Swap = options.Bytes("memory-swap"),
            },
            Cpu = new CpuSpec
            {
                Shares = options.Unsigned("cpu-share"),
                Quota = options.Signed("cpu-quota"),
                Period = options.Unsigned("cpu-period"),
                Burst = options.Unsigned("cpu-burst"),
                Idle = options.Signed("cpu-idle"),
                RealtimeRuntime = options.Signed("cpu-rt-runtime"),
                RealtimePeriod = options.Unsigned("cpu-rt-period"),
                Cpus = options.Text("cpuset-cpus"),
                Mems = options.Text("cpuset-mems"),
            },
            Pids = options.Signed("pids-limit") is { } pids ? new PidsSpec(pids) : null,
            BlockIo = options.Unsigned("blkio-weight") is { } weight ? new BlockIoSpec { Weight = (ushort)Math.Min(weight, ushort.MaxValue) } : null,
        };
    }
}

using System.Reflection;
using MiniRun.Linux;

namespace MiniRun.Abi.Tests;

public class KernelConstantTests
{
    private static readonly string[] s_headers =
    [
        "fcntl.h", "unistd.h", "dirent.h", "errno.h", "poll.h", "sched.h", "signal.h", "seccomp.h", "sys/file.h", "sys/ioctl.h", "sys/mman.h", "sys/prctl.h",
        "sys/resource.h", "sys/socket.h", "sys/stat.h", "sys/statvfs.h", "sys/un.h", "sys/wait.h", "linux/bpf.h", "linux/capability.h", "linux/magic.h",
        "linux/fs.h", "linux/mount.h", "linux/nsfs.h", "linux/openat2.h", "linux/rtnetlink.h", "linux/if_link.h", "linux/if_addr.h", "net/if.h", "regex.h", "spawn.h", Repository.SpawnHeader,
    ];

    /// <summary>In newer headers than the oldest this is built with (6.1), or in none yet (ipc/mqueue.c has its own): compared where they are there.</summary>
    private static readonly string[] s_notInAllHeaders = ["MFD_NOEXEC_SEAL", "MFD_EXEC", "MQUEUE_MAGIC"];

    /// <summary>Types with instructions put together from several of the kernel's constants.</summary>
    private static readonly string[] s_notTheKernels = ["BpfAssembler", "UnknownCalls"];

    [Fact]
    public void Every_constant_with_a_kernels_name_has_the_kernels_value()
    {
        // <sys/mount.h> and <linux/mount.h> exclude each other; only the first has the flags of umount2.
        CProgram unmounting = new("sys/mount.h");
        CProgram rest = new(s_headers);
        Dictionary<string, long> ours = [];
        foreach ((string name, long value) in Constants())
        {
            Assert.True(ours.TryAdd(name, value) || ours[name] == value, $"{name} has two values in C#");
        }

        foreach (string name in ours.Keys)
        {
            if (s_notInAllHeaders.Contains(name))
            {
                rest.PrintIfDefined(name);
                continue;
            }

            (name.StartsWith("MNT_", StringComparison.Ordinal) || name.StartsWith("UMOUNT_", StringComparison.Ordinal) ? unmounting : rest).Print(name, name);
        }

        Dictionary<string, long> kernels = new(unmounting.Run().Concat(rest.Run()));
        Assert.True(kernels.Count > 150, $"only {kernels.Count} constants were compared");
        Assert.Equal([], kernels.Where(k => ours[k.Key] != k.Value).Select(k => $"{k.Key}: C# {ours[k.Key]}, C {k.Value}"));
        Assert.Equal([], ours.Keys.Except(kernels.Keys).Except(s_notInAllHeaders));
    }

    [Fact]
    public void Every_signal_resource_limit_and_capability_has_its_number()
    {
        CProgram program = new(s_headers);
        Dictionary<string, long> ours = [];
        for (int signal = 1; signal < 32; signal++)
        {
            ours[Linux.Processes.Signals.Name(signal)] = signal;
        }

        for (int resource = 0; resource < Linux.Processes.ResourceLimits.Count; resource++)
        {
            ours[Linux.Processes.ResourceLimits.Name(resource)] = resource;
        }

        foreach (Linux.Capabilities.Capability capability in Enum.GetValues<Linux.Capabilities.Capability>())
        {
            ours[capability.ToString()] = (long)capability;
        }

        ours["CAP_LAST_CAP"] = Linux.Capabilities.CapabilitySet.Known - 1;
        ours["RLIM_NLIMITS"] = Linux.Processes.ResourceLimits.Count;
        foreach (string name in ours.Keys)
        {
            program.Print(name, name);
        }

        Assert.Equal(ours, program.Run());
    }

    /// <summary>Every const, property or enum member of MiniRun.Linux that is spelled as the kernel's are.</summary>
    private static IEnumerable<(string Name, long Value)> Constants()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(MiniRunException).Assembly.GetTypes().Where(t => !s_notTheKernels.Contains(t.Name)))
        {
            foreach (FieldInfo field in type.GetFields(All).Where(f => f.IsLiteral && IsKernels(f.Name)))
            {
                yield return (field.Name, ToLong(field.GetRawConstantValue()!));
            }

            foreach (PropertyInfo property in type.GetProperties(All).Where(p => IsKernels(p.Name)))
            {
                yield return (property.Name, ToLong(property.GetValue(null)!));
            }
        }
    }

    private static bool IsKernels(string name) => name.Length > 3 && name.All(c => char.IsUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private static long ToLong(object value) => value is ulong large ? unchecked((long)large) : Convert.ToInt64(value);
}

using System.Globalization;
using MiniRun.Engine.Images;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Options;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>
/// A request as the words behind `minirun run` that ask for the same: what `inspect --as-run` prints, and what is kept of a container so
/// that it can be started again. Long options with "=", defaults left out, then the image and the command. Pure; the command line's
/// reader is its inverse.
/// </summary>
public static class RunWords
{
    public static IReadOnlyList<string> Of(RunRequest request)
    {
        Writer words = new();
        words.Value("--name", request.Name);
        words.Value("--pull", request.Pull == PullPolicy.Missing ? null : request.Pull.ToString().ToLowerInvariant());
        words.Value("--platform", request.Platform?.ToString());
        Add(words, request.Life);
        Add(words, request.Process);
        Add(words, request.Privilege);
        Add(words, request.Files);
        Add(words, request.Namespaces);
        Add(words, request.Resources);
        return [.. words.Words, request.Image, .. request.Command];
    }

    /// <summary>Mounts alone, a word each.</summary>
    internal static IReadOnlyList<string> Of(IReadOnlyList<UserMount> mounts)
    {
        Writer words = new();
        foreach (UserMount mount in mounts)
        {
            (string option, string text) = mount.AsOption();
            words.Value(option, text);
        }

        return words.Words;
    }

    private static void Add(Writer words, LifeChoices life)
    {
        words.Switch("--detach", life.Detach);
        words.Values("--attach", life.Attach);
        words.Switch("--rm", life.Remove);
        words.Value("--restart", life.Restart == default ? null : life.Restart.ToString());
        words.Value("--stop-timeout", Number(life.StopTimeout));
        words.Values("--label", life.Labels, static label => $"{label.Key}={label.Value}");
        words.Values("--annotation", life.Annotations, static label => $"{label.Key}={label.Value}");
        words.Value("--log-driver", life.Log.Driver == LogDriver.None ? life.Log.DriverName : null);
        words.Values("--log-opt", life.Log.Values(), static value => $"{value.Key}={value.Value}");
        HealthChoices health = life.Health;
        words.Switch("--no-healthcheck", health.None);
        words.Value("--health-cmd", health.Command);
        words.Value("--health-interval", Duration(health.Interval));
        words.Value("--health-timeout", Duration(health.Timeout));
        words.Value("--health-start-period", Duration(health.StartPeriod));
        words.Value("--health-start-interval", Duration(health.StartInterval));
        words.Value("--health-retries", Number(health.Retries));
    }

    private static void Add(Writer words, ProcessChoices process)
    {
        words.Switch("--interactive", process.Interactive);
        words.Switch("--tty", process.Terminal);
        words.Values("--env", process.Environment, static variable => variable.Value is null ? variable.Name : $"{variable.Name}={variable.Value}");
        words.Value("--workdir", process.WorkingDirectory);
        words.Value("--user", process.User);
        words.Values("--group-add", process.AdditionalGroups);
        words.Value("--umask", process.Umask is { } umask ? Convert.ToString(umask, 8).PadLeft(4, '0') : null);
        words.Value("--entrypoint", process.Entrypoint);
        words.Values("--ulimit", process.Ulimits, UlimitText);
        words.Value("--oom-score-adj", Number(process.OomScoreAdjust));
        words.Value("--stop-signal", process.StopSignal == 0 ? null : Signals.Name(process.StopSignal));
        words.Switch("--init", process.Init);
    }

    private static void Add(Writer words, PrivilegeChoices privilege)
    {
        words.Values("--cap-add", privilege.Add, static change => change.ToString());
        words.Values("--cap-drop", privilege.Drop, static change => change.ToString());
        words.Switch("--privileged", privilege.Privileged);
        words.Values("--security-opt", privilege.Security.Words());
    }

    private static void Add(Writer words, FileChoices files)
    {
        words.Switch("--read-only", files.ReadOnly);
        words.Words.AddRange(Of(files.Mounts));
        words.Values("--volumes-from", files.VolumesFrom, static from => from.ToString());
        words.Values("--device", files.Devices, static device => $"{device.HostPath}:{device.Path}:{device.Access}");
        words.Value("--shm-size", files.ShmSize?.ToString());
    }

    private static void Add(Writer words, NamespaceChoices namespaces)
    {
        words.Value("--network", Word(namespaces.Network));
        words.Value("--pid", Word(namespaces.Pid));
        words.Value("--ipc", Word(namespaces.Ipc));
        words.Value("--uts", Word(namespaces.Uts));
        words.Value("--cgroupns", Word(namespaces.Cgroup));
        words.Value("--userns", Word(namespaces.User));
        words.Value("--hostname", namespaces.Hostname);
        words.Value("--domainname", namespaces.Domainname);
        words.Values("--sysctl", namespaces.Sysctls, static setting => $"{setting.Name}={setting.Value}");
    }

    private static void Add(Writer words, ResourceChoices resources)
    {
        words.Value("--memory", resources.Memory?.ToString());
        words.Value("--memory-swap", resources.MemorySwap is { Bytes: -1 } ? "-1" : resources.MemorySwap?.ToString());
        words.Value("--memory-reservation", resources.MemoryReservation?.ToString());
        words.Value("--cpus", resources.Cpus?.ToString());
        words.Value("--cpu-shares", Number((long?)resources.CpuShares));
        words.Value("--cpu-period", Number((long?)resources.CpuPeriod));
        words.Value("--cpu-quota", Number(resources.CpuQuota));
        words.Value("--cpuset-cpus", resources.CpusetCpus);
        words.Value("--cpuset-mems", resources.CpusetMems);
        words.Value("--pids-limit", Number(resources.PidsLimit));
        words.Value("--blkio-weight", Number(resources.BlockIoWeight));
        words.Values("--device-read-bps", resources.ReadBytesRates, Rate);
        words.Values("--device-write-bps", resources.WriteBytesRates, Rate);
        words.Values("--device-read-iops", resources.ReadOperationRates, Rate);
        words.Values("--device-write-iops", resources.WriteOperationRates, Rate);
        words.Values("--device-cgroup-rule", resources.DeviceRules, DeviceRuleOption.Text);
        words.Values("--cgroup-conf", resources.CgroupFiles, static file => $"{file.Key}={file.Value}");
        words.Value("--cgroup-parent", resources.CgroupParent);
    }

    private static string Rate(DeviceRate rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.Path}:{rate.Rate}");

    private static string UlimitText(RlimitSpec limit) =>
        $"{limit.Type["RLIMIT_".Length..].ToLowerInvariant()}={Limit(limit.Soft)}:{Limit(limit.Hard)}";

    private static string Limit(ulong value) => value == ulong.MaxValue ? "-1" : value.ToString(CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Duration(long? nanoseconds) => nanoseconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value}ns") : null;

    private static string? Word(NamespaceChoice choice) => choice == NamespaceChoice.Default ? null : choice.ToString().ToLowerInvariant();

    private sealed class Writer
    {
        internal List<string> Words { get; } = [];

        internal void Switch(string option, bool given)
        {
            if (given)
            {
                Words.Add(option);
            }
        }

        internal void Value(string option, string? text)
        {
            if (text is not null)
            {
                Words.Add($"{option}={text}");
            }
        }

        internal void Values(string option, IReadOnlyList<string> texts) => Values(option, texts, static text => text);

        internal void Values<T>(string option, IReadOnlyList<T> values, Func<T, string> write)
        {
            foreach (T value in values)
            {
                Value(option, write(value));
            }
        }
    }
}

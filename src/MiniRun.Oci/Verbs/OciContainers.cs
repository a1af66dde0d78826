using MiniRun.Linux;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Verbs;

/// <summary>What the global options say of where things are.</summary>
internal static class OciContainers
{
    private const string Systemd = "systemd";

    public static Containers Of(Invocation invocation) => new(Root(invocation))
    {
        Warn = RuncLog.From(invocation.Global).Warning,
        NotifySocket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
    };

    /// <summary>The cgroup a container gets: its cgroupsPath, else its id; null for --cgroup-manager=disabled.</summary>
    public static string? CgroupPath(Invocation invocation, string? cgroupsPath) => Manager(invocation) switch
    {
        "cgroupfs" => string.IsNullOrEmpty(cgroupsPath) ? invocation.Id.Value : cgroupsPath,
        Systemd => string.IsNullOrEmpty(cgroupsPath) ? $":minirun:{invocation.Id.Value}" : cgroupsPath,
        "disabled" => null,
        string other => throw new UsageException($"invalid cgroup-manager: {other}: give cgroupfs, systemd or disabled"),
    };

    /// <summary>Whether systemd makes the cgroup.</summary>
    public static bool SystemdCgroup(Invocation invocation) => Manager(invocation) == Systemd;

    /// <summary>Where compiled seccomp filters are kept: beside minirun's images, because it outlives the boot.</summary>
    public static string SeccompCache()
    {
        string? data = Environment.GetEnvironmentVariable("MINIRUN_DATA");
        if (string.IsNullOrEmpty(data))
        {
            string? home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            data = Linux.Processes.CurrentProcess.EffectiveUid == 0 || string.IsNullOrEmpty(home) ? "/var/lib/minirun" : home + "/minirun";
        }

        return data + "/seccomp-cache";
    }

    private static string Manager(Invocation invocation) =>
        invocation.Global.Has("systemd-cgroup") ? Systemd : invocation.Global.Text("cgroup-manager") ?? "cgroupfs";

    private static string Root(Invocation invocation)
    {
        string root = invocation.Global.Text("root") ?? Containers.DefaultRoot();
        return root.Length > 0 ? FullPath.Of(root) : throw new MiniRunException("--root: give a folder");
    }
}

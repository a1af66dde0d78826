using MiniRun.Linux.Files;
using MiniRun.Linux.Mounts;

namespace MiniRun.Linux.Cgroups;

/// <summary>What this host offers of cgroup v2: where it is mounted and which controllers it has. A value, so that translation and checks stay pure.</summary>
public sealed record CgroupHost
{
    private const int LargestSelfCgroup = 64 << 10;

    // Documentation/admin-guide/cgroup-v2.rst, "Controllers": the ones that are enabled by cgroup.subtree_control.
    private static readonly string[] KnownControllers = ["cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc", "dmem"];

    /// <summary>Where cgroup2 is mounted: /sys/fs/cgroup, or /sys/fs/cgroup/unified on a hybrid host. Null: nowhere.</summary>
    public required string? MountPoint { get; init; }

    /// <summary>This process's cgroup ("/user.slice/…"), "" where the kernel has no cgroup2.</summary>
    public required string OwnPath { get; init; }

    /// <summary>The controllers of the mount's topmost cgroup (its cgroup.controllers).</summary>
    public required IReadOnlyList<string> Controllers { get; init; }

    /// <summary>The controllers a cgroup v1 hierarchy holds, by their v2 names. cgroup v2 cannot have them at the same time.</summary>
    public required IReadOnlyList<string> V1Controllers { get; init; }

    /// <summary>Reads what the kernel says of this process's mount namespace.</summary>
    /// <exception cref="MiniRunException">/proc is not mounted or not readable.</exception>
    public static CgroupHost Detect()
    {
        string? mountPoint = Cgroup2Mount.IsAt(Cgroup2Mount.UsualPlace)
            ? Cgroup2Mount.UsualPlace
            : Cgroup2Mount.Find(HostFile.ReadText(MountInfoLine.Path, MountInfoLine.LargestTable));
        string controllers = mountPoint is null ? "" : HostFile.ReadText(mountPoint + "/cgroup.controllers", LargestSelfCgroup);
        return Parse(mountPoint, HostFile.ReadText("/proc/self/cgroup", LargestSelfCgroup), controllers);
    }

    /// <summary>Makes the record from the texts of /proc/self/cgroup and cgroup.controllers.</summary>
    public static CgroupHost Parse(string? mountPoint, string selfCgroup, string controllers)
    {
        string ownPath = "";
        List<string> heldByV1 = [];
        foreach (string line in selfCgroup.Split('\n'))
        {
            // "0::/user.slice" is cgroup v2, "4:memory:/" a v1 hierarchy. This file shows v1 hierarchies that are mounted
            // nowhere in this mount namespace too, so it says more than mountinfo.
            string[] fields = line.Split(':', 3);
            if (fields.Length != 3)
            {
                continue;
            }

            if (fields[0] == "0")
            {
                ownPath = fields[2];
                continue;
            }

            AddV1(heldByV1, fields[1]);
        }

        return new CgroupHost
        {
            MountPoint = mountPoint,
            OwnPath = ownPath,
            Controllers = controllers.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
            V1Controllers = heldByV1,
        };
    }

    /// <summary>The cgroup v2 path of a process ("/machine.slice/x.scope"), as this process sees it; "" where it is in none.</summary>
    /// <exception cref="MiniRunException">There is no such process.</exception>
    public static string PathOf(int pid) => Parse(null, HostFile.ReadText($"/proc/{pid}/cgroup", LargestSelfCgroup), "").OwnPath;

    /// <summary>The folder of a cgroup.</summary>
    /// <exception cref="MiniRunException">cgroup2 is mounted nowhere.</exception>
    public string FolderOf(CgroupPath path) => MountPoint is null
        ? throw new MiniRunException("no cgroup2 file system is mounted: mount -t cgroup2 none /sys/fs/cgroup, or boot with systemd.unified_cgroup_hierarchy=1")
        : path.Text == "/" ? MountPoint : MountPoint + path.Text;

    /// <summary>The controllers some writes need, each once.</summary>
    public static IReadOnlyList<string> Needed(IReadOnlyList<CgroupWrite> writes)
    {
        List<string> needed = [];
        foreach (CgroupWrite write in writes)
        {
            string controller = write.Controller;
            if (Array.IndexOf(KnownControllers, controller) >= 0 && !needed.Contains(controller))
            {
                needed.Add(controller);
            }
        }

        return needed;
    }

    /// <summary>Refuses writes this host has no controller for, before anything is made. Files of no known controller are left to the kernel.</summary>
    /// <exception cref="MiniRunException">A controller is missing; the message names it, the file that needs it and the host's remedy.</exception>
    public void Check(IReadOnlyList<CgroupWrite> writes)
    {
        foreach (CgroupWrite write in writes)
        {
            if (Array.IndexOf(KnownControllers, write.Controller) >= 0 && !Contains(Controllers, write.Controller))
            {
                throw new MiniRunException($"{write.File}: {WhyMissing(write.Controller)}");
            }
        }
    }

    /// <summary>Whether block I/O is weighed by the BFQ scheduler here (io.bfq.weight instead of io.weight). Ask only when a weight was asked for: it looks at every disk.</summary>
    public static bool WeighsWithBfq()
    {
        if (!(FileStatus.Of("/sys/block") is { IsDirectory: true }))
        {
            return false;
        }

        foreach (string disk in HostDirectory.List("/sys/block"))
        {
            string scheduler = $"/sys/block/{disk}/queue/scheduler";
            if (FileStatus.Of(scheduler) is not null && HostFile.ReadText(scheduler, LargestSelfCgroup).Contains("[bfq]", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says why a controller cannot be used and what to do.</summary>
    internal string WhyMissing(string controller)
    {
        if (Contains(V1Controllers, controller))
        {
            return $"the {controller} controller is held by cgroup v1 on this host; boot with systemd.unified_cgroup_hierarchy=1 (or cgroup_no_v1={V1Name(controller)})";
        }

        string remedy = controller == "memory"
            ? "boot with cgroup_enable=memory, or have it delegated (systemd: Delegate=yes)"
            : "use a kernel that has it, or have it delegated (systemd: Delegate=yes)";
        string available = Controllers.Count == 0 ? "none" : string.Join(" ", Controllers);
        return $"the {controller} controller is not available in cgroup v2 here (available: {available}); {remedy}";
    }

    private static void AddV1(List<string> held, string controllers)
    {
        foreach (string name in controllers.Split(','))
        {
            string known = name switch { "blkio" => "io", "cpuacct" => "cpu", _ => name };
            if (Array.IndexOf(KnownControllers, known) >= 0 && !held.Contains(known))
            {
                held.Add(known);
            }
        }
    }

    private static string V1Name(string controller) => controller == "io" ? "blkio" : controller;

    private static bool Contains(IReadOnlyList<string> list, string text)
    {
        foreach (string entry in list)
        {
            if (entry == text)
            {
                return true;
            }
        }

        return false;
    }
}

using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>config.json's mounts: docker's, then the container's own files of /etc, then the user's, shallow ones first.</summary>
internal static class MountsPart
{
    private const long DefaultShmSize = 64L << 20;
    private const uint TerminalGroup = 5;

    internal static List<MountSpec> Build(BundleInputs inputs, UserMappings users, OptionOrigins origins)
    {
        List<UserMount> asked = Sorted(inputs.Request.Files.Mounts);
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (UserMount mount in asked)
        {
            if (!taken.Add(mount.Destination))
            {
                throw new MiniRunException($"duplicate mount point: {mount.Destination} (the second one is {mount.Origin})");
            }
        }

        List<MountSpec> mounts = [];
        foreach (MountSpec mount in Defaults(inputs, users))
        {
            if (!taken.Contains(mount.Destination))
            {
                mounts.Add(mount);
            }
        }

        NoteOrigins(mounts, inputs.Request, origins);
        foreach (UserMount mount in asked)
        {
            origins.Add("mounts", mounts.Count, mount.Origin);
            mounts.Add(UserMountsPart.ToSpec(mount, inputs, users));
        }

        return mounts;
    }

    private static List<UserMount> Sorted(IReadOnlyList<UserMount> mounts)
    {
        // A stable insertion by depth: /data must be there before /data/cache is mounted on it, else it would hide it.
        List<UserMount> sorted = [];
        foreach (UserMount mount in mounts)
        {
            int place = sorted.Count;
            while (place > 0 && Depth(sorted[place - 1]) > Depth(mount))
            {
                place--;
            }

            sorted.Insert(place, mount);
        }

        return sorted;

        static int Depth(UserMount mount) => mount.Destination.AsSpan().Count('/');
    }

    private static IEnumerable<MountSpec> Defaults(BundleInputs inputs, UserMappings users)
    {
        RunRequest request = inputs.Request;
        bool privileged = request.Privilege.Privileged;
        bool hostIpc = request.Namespaces.Ipc == NamespaceChoice.Host;
        yield return New("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        yield return New("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        yield return users.HasGroup(TerminalGroup)
            ? New("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")
            : New("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620");
        yield return New("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", privileged ? "rw" : "ro");
        yield return New("/sys/fs/cgroup", "cgroup", "cgroup", privileged ? "rw" : "ro", "nosuid", "noexec", "nodev");
        if (!hostIpc || !users.Any)
        {
            // A fresh one shows the queues of the IPC namespace it is mounted in, the host's too; but not to a user namespace that does not own it.
            yield return New("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        }

        yield return hostIpc ? Bound("/dev/shm", "/dev/shm") : Shm(ShmSize(request.Files));
        string access = request.Files.ReadOnly ? "ro" : "rw";
        foreach (string file in HostsFiles.Names)
        {
            yield return New($"/etc/{file}", "bind", $"{inputs.Folder}/{file}", "rbind", "rprivate", access);
        }
    }

    /// <summary>As for docker, 0 is "not given": to tmpfs it would be "no limit".</summary>
    private static long ShmSize(FileChoices files) => files.ShmSize is { Bytes: > 0 } size ? size.Bytes : DefaultShmSize;

    private static MountSpec Shm(long bytes) =>
        New("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"));

    private static MountSpec Bound(string destination, string source) => New(destination, "bind", source, "rbind", "rprivate", "nosuid", "noexec", "nodev");

    private static MountSpec New(string destination, string type, string source, params string[] options) =>
        new() { Destination = destination, Type = type, Source = source, Options = options };

    private static void NoteOrigins(List<MountSpec> mounts, RunRequest request, OptionOrigins origins)
    {
        for (int i = 0; i < mounts.Count; i++)
        {
            string? option = mounts[i].Destination switch
            {
                "/sys" or "/sys/fs/cgroup" when request.Privilege.Privileged => "--privileged",
                "/dev/shm" or "/dev/mqueue" when request.Namespaces.Ipc == NamespaceChoice.Host => "--ipc host",
                "/dev/shm" when request.Files.ShmSize is { } size => $"--shm-size {size}",
                _ => null,
            };
            if (option is not null)
            {
                origins.Add("mounts", i, option);
            }
        }
    }
}

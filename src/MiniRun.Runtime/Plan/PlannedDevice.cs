using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>One device node of the container: a default one or an entry of linux.devices.</summary>
internal sealed class PlannedDevice
{
    private const uint EveryonesMode = 0x1b6; // 0666

    /// <summary>Always the container's own (a link to its devpts), also where an engine lists all of the host's devices, as with runc.</summary>
    private const string Terminals = "/dev/ptmx";

    public required string Path { get; init; }

    /// <summary>S_IFCHR, S_IFBLK or S_IFIFO.</summary>
    public required ulong Type { get; init; }

    /// <summary>The kernel's device number.</summary>
    public required ulong Number { get; init; }

    public uint Mode { get; init; } = EveryonesMode;

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    /// <summary>The index in linux.devices, or -1 for a default device.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The clone of the host's node, where nodes cannot be made.</summary>
    public short Slot { get; set; } = -1;

    public string SpecField => Index < 0 ? "" : "linux.devices";

    /// <summary>The default devices (config-linux.md#default-devices), then the spec's, which win over a default of the same path. None where /dev is the host's own.</summary>
    public static PlannedDevice[] All(IReadOnlyList<DeviceSpec> asked, PlannedMount[] mounts)
    {
        if (HasHostsDev(mounts))
        {
            return [];
        }

        List<PlannedDevice> devices = new(6 + asked.Count);
        ReadOnlySpan<(string Path, int Major, int Minor)> defaults =
        [
            ("/dev/null", 1, 3), ("/dev/zero", 1, 5), ("/dev/full", 1, 7), ("/dev/random", 1, 8), ("/dev/urandom", 1, 9), ("/dev/tty", 5, 0),
        ];
        foreach ((string path, int major, int minor) in defaults)
        {
            if (!IsAsked(path, asked))
            {
                devices.Add(new PlannedDevice { Path = path, Type = DeviceNode.S_IFCHR, Number = DeviceNode.Number(major, minor) });
            }
        }

        for (int i = 0; i < asked.Count; i++)
        {
            PlannedDevice device = Of(asked[i], i);
            if (device.Path != Terminals)
            {
                devices.Add(device);
            }
        }

        return [.. devices];
    }

    /// <summary>Whether /dev is a bind mount: its nodes and links are then the host's and stay untouched, as with runc.</summary>
    public static bool HasHostsDev(PlannedMount[] mounts)
    {
        foreach (PlannedMount mount in mounts)
        {
            if (mount.Destination == "/dev" && mount.Origin == MountOrigin.HostTree)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsked(string path, IReadOnlyList<DeviceSpec> asked)
    {
        for (int i = 0; i < asked.Count; i++)
        {
            if (ContainerPath.Clean(asked[i].Path) == path)
            {
                return true;
            }
        }

        return false;
    }

    private static PlannedDevice Of(DeviceSpec device, int index)
    {
        ulong type = device.Type switch
        {
            'c' or 'u' => DeviceNode.S_IFCHR,
            'b' => DeviceNode.S_IFBLK,
            _ => DeviceNode.S_IFIFO,
        };
        return new PlannedDevice
        {
            Path = ContainerPath.Clean(device.Path),
            Type = type,
            Number = type == DeviceNode.S_IFIFO ? 0 : DeviceNode.Number(device.Major, device.Minor),
            Mode = (device.FileMode ?? EveryonesMode) & 0xfff, // engines write the type's bits as well
            Uid = device.Uid ?? 0,
            Gid = device.Gid ?? 0,
            Index = index,
        };
    }
}

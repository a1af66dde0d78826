using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Lookups;

/// <summary>Finds the host's device nodes by path.</summary>
internal static class DeviceLookup
{
    // What a container has of its own, or never: terminals, shared memory and queues are mounts, and runc leaves these out too.
    private static readonly string[] s_notPassedOn = ["pts", "shm", "fd", "mqueue", "console", "ptmx"];

    internal static IReadOnlyList<GrantedDevice> Granted(RunRequest request)
    {
        List<GrantedDevice> granted = [];
        if (request.Privilege.Privileged)
        {
            AddFolder("/dev", "/dev", "rwm", "--privileged", granted);
        }

        foreach (DeviceMapping mapping in request.Files.Devices)
        {
            Add(mapping, granted);
        }

        return granted;
    }

    internal static BlockIoSpec Rates(ResourceChoices choices) => new()
    {
        ThrottleReadBpsDevice = Rates(choices.ReadBytesRates, "--device-read-bps"),
        ThrottleWriteBpsDevice = Rates(choices.WriteBytesRates, "--device-write-bps"),
        ThrottleReadIopsDevice = Rates(choices.ReadOperationRates, "--device-read-iops"),
        ThrottleWriteIopsDevice = Rates(choices.WriteOperationRates, "--device-write-iops"),
    };

    private static void Add(DeviceMapping mapping, List<GrantedDevice> granted)
    {
        string origin = $"--device {mapping.HostPath}:{mapping.Path}:{mapping.Access}";
        FileStatus? status = FileStatus.Of(mapping.HostPath);
        if (status is { IsDirectory: true })
        {
            AddFolder(mapping.HostPath, mapping.Path, mapping.Access, origin, granted);
            return;
        }

        DeviceSpec node = status is { } found ? Node(found, mapping.Path) ?? throw NoDevice(mapping) : throw NoDevice(mapping);
        granted.Add(new GrantedDevice(node, mapping.Access, origin));
    }

    private static void AddFolder(string folder, string inside, string access, string origin, List<GrantedDevice> granted)
    {
        foreach (string name in HostDirectory.List(folder))
        {
            // Links are not followed: one may lead out of /dev, and the node it means is met by itself.
            if (inside == "/dev" && s_notPassedOn.Contains(name) || FileStatus.OfLink($"{folder}/{name}") is not { } status)
            {
                continue;
            }

            if (status.IsDirectory)
            {
                AddFolder($"{folder}/{name}", $"{inside}/{name}", access, origin, granted);
            }
            else if (Node(status, $"{inside}/{name}") is { } node)
            {
                granted.Add(new GrantedDevice(node, access, origin));
            }
        }
    }

    private static DeviceSpec? Node(FileStatus status, string path)
    {
        char type = status.Type switch
        {
            FileModes.S_IFCHR => 'c',
            FileModes.S_IFBLK => 'b',
            _ => '\0',
        };
        return type == '\0'
            ? null
            : new DeviceSpec
            {
                Type = type,
                Path = path,
                Major = status.NodeMajor,
                Minor = status.NodeMinor,
                FileMode = status.Mode & FileModes.PermissionBits,
                Uid = status.Uid,
                Gid = status.Gid,
            };
    }

    private static List<ThrottleDeviceSpec> Rates(IReadOnlyList<DeviceRate> rates, string option)
    {
        List<ThrottleDeviceSpec> found = new(rates.Count);
        foreach (DeviceRate rate in rates)
        {
            if (FileStatus.Of(rate.Path) is not { Type: FileModes.S_IFBLK } device)
            {
                throw new MiniRunException($"{option} {rate.Path}: there is no such block device; lsblk -p lists them");
            }

            found.Add(new ThrottleDeviceSpec(device.NodeMajor, device.NodeMinor, rate.Rate));
        }

        return found;
    }

    private static MiniRunException NoDevice(DeviceMapping mapping) =>
        new($"--device {mapping.HostPath}: there is no such device node on the host");
}

using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about the container's files and devices.</summary>
internal sealed class FileOptions
{
    private readonly Option<bool> _readOnly = Switch("--read-only", "Nothing in the image can be written");
    private readonly Option<string[]> _tmpfs = Values("--tmpfs", "FOLDER[:OPTIONS]", "A file system in memory, noexec,nosuid,nodev unless OPTIONS say otherwise");
    private readonly Option<string[]> _volumes = Values("--volume", "[SOURCE:]DESTINATION[:ro]", "A volume, which is made where it is missing (without a name: one of the container's own), or a path of the host; modes: ro, nocopy, U, idmap, rslave …", "-v");
    private readonly Option<string[]> _mounts = Values("--mount", "type=volume|bind|tmpfs|image,…", "The same in docker's long form; a missing path of the host is an error");
    private readonly Option<string[]> _volumesFrom = Values("--volumes-from", "CONTAINER[:ro]", "All volumes and host paths of another container");
    private readonly Option<string[]> _devices = Values("--device", "HOST[:INSIDE][:rwm]", "A device node of the host");
    private readonly Option<string?> _shmSize = Value("--shm-size", "SIZE", "Size of /dev/shm (default: 64m)");

    internal FileOptions()
    {
        Group = new OptionGroup("Files and devices", [_readOnly, _tmpfs, _volumes, _mounts, _volumesFrom, _devices, _shmSize]);
    }

    internal OptionGroup Group { get; }

    internal FileChoices Read(ParseResult values)
    {
        List<UserMount> mounts = [];
        string[] volumes = values.GetValue(_volumes) ?? [];
        string[] longForm = values.GetValue(_mounts) ?? [];
        // The current folder is only asked for where a path may be relative to it.
        string here = volumes.Length + longForm.Length > 0 ? Environment.CurrentDirectory : "/";
        mounts.AddRange(values.Each(_volumes, (text, option) => VolumeOption.Parse(text, option, here)));
        mounts.AddRange(values.Each(_mounts, (text, option) => MountOption.Parse(text, option, here)));
        mounts.AddRange(values.Each(_tmpfs, TmpfsOption.Parse));
        return new FileChoices
        {
            ReadOnly = values.GetValue(_readOnly),
            Mounts = mounts,
            VolumesFrom = values.Each(_volumesFrom, VolumesFrom.Parse),
            Devices = values.Each(_devices, DeviceMapping.Parse),
            ShmSize = values.One(_shmSize, ByteSize.Parse),
        };
    }
}

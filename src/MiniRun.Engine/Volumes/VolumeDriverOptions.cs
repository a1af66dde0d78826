using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Volumes;

/// <summary>The options of the local driver that minirun has: none, a folder of the host (type=none,o=bind), and memory (type=tmpfs).</summary>
/// <param name="Given">As they were given, in their order.</param>
public sealed record VolumeDriverOptions(IReadOnlyList<KeyValuePair<string, string>> Given)
{
    public static readonly VolumeDriverOptions None = new([]);

    /// <summary>The host's folder that is the volume; null where minirun keeps one.</summary>
    public string? Device { get; private init; }

    /// <summary>What mount(8) would be told of the tmpfs that the volume is; null where it is none.</summary>
    public IReadOnlyList<string>? Memory { get; private init; }

    /// <exception cref="MiniRunException">An option is unknown, or they ask for a file system that minirun does not mount.</exception>
    public static VolumeDriverOptions Parse(IReadOnlyList<KeyValuePair<string, string>> given)
    {
        string type = "";
        string device = "";
        string[] words = [];
        foreach ((string key, string value) in given)
        {
            switch (key)
            {
                case "type":
                    type = value;
                    break;
                case "device":
                    device = value;
                    break;
                case "o":
                    words = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
                    break;
                default:
                    throw new MiniRunException($"create volume: invalid option: \"{key}\": the local driver has type, device and o");
            }
        }

        return given.Count == 0 ? None : Of(new VolumeDriverOptions(given), type, device, words);
    }

    private static VolumeDriverOptions Of(VolumeDriverOptions given, string type, string device, string[] words)
    {
        switch (type)
        {
            case "" or "none" or "bind" when words.Contains("bind") || words.Contains("rbind"):
                return words.Length > 1
                    ? throw new MiniRunException($"create volume: o={string.Join(',', words)}: of a bind mount only o=bind is taken; say the others where the volume is mounted (-v NAME:/data:ro)")
                    : given with { Device = CheckedDevice(device) };
            case "tmpfs":
                return given with { Memory = TmpfsOption.Checked(words, "-o", $"o={string.Join(',', words)}") };
            default:
                throw new MiniRunException(type.Length == 0
                    ? "create volume: missing required option: \"type\": type=none with o=bind and device=/PATH, or type=tmpfs"
                    : $"create volume: type={type}: minirun mounts no file system of this kind for a volume: mount it on the host, and use type=none,o=bind,device=/PATH; or type=tmpfs");
        }
    }

    private static string CheckedDevice(string device) => device switch
    {
        "" => throw new MiniRunException("create volume: missing device in volume options: device=/PATH is the host's folder"),
        _ when !device.StartsWith('/') || device.Contains('\0', StringComparison.Ordinal) => throw new MiniRunException($"create volume: device={device}: give an absolute path"),
        _ => device,
    };
}

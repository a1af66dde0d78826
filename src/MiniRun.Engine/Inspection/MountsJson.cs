using System.Text.Json;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Inspection;

/// <summary>A container's mounts, which docker shows three times: as -v and --tmpfs asked for them, as --mount did, and as they are.</summary>
internal static class MountsJson
{
    /// <summary>-v SOURCE:DESTINATION[:MODES], in these words.</summary>
    internal static IReadOnlyList<string> Binds(IReadOnlyList<UserMount> mounts)
    {
        List<string> binds = [];
        foreach (UserMount mount in mounts)
        {
            if (BindSource(mount) is { } source)
            {
                string modes = MountPoint.Modes((SourcedMount)mount);
                binds.Add(modes.Length > 0 ? $"{source}:{mount.Destination}:{modes}" : $"{source}:{mount.Destination}");
            }
        }

        return binds;
    }

    /// <summary>"Tmpfs" of HostConfig: where, and with which options.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Tmpfs(IReadOnlyList<UserMount> mounts)
    {
        List<KeyValuePair<string, string>> all = [];
        foreach (UserMount mount in mounts)
        {
            if (mount is TmpfsMount tmpfs)
            {
                all.Add(KeyValuePair.Create(tmpfs.Destination, string.Join(',', tmpfs.Options)));
            }
        }

        return all;
    }

    /// <summary>The places of -v DESTINATION, which docker keeps beside the image's own VOLUMEs.</summary>
    internal static IReadOnlyList<string> Unnamed(IReadOnlyList<UserMount> mounts) => [.. mounts.OfType<VolumeMount>().Where(static volume => volume.Yields).Select(static volume => volume.Destination)];

    /// <summary>"Mounts" of HostConfig: what --mount asked for; left out where it did not.</summary>
    internal static void WriteRequests(Utf8JsonWriter json, IReadOnlyList<UserMount> mounts)
    {
        List<UserMount> asked = [.. mounts.Where(static mount => BindSource(mount) is null && mount is not (TmpfsMount or VolumeMount { Yields: true }))];
        if (asked.Count > 0)
        {
            json.Objects("Mounts", asked, WriteRequest);
        }
    }

    /// <summary>"Mounts" of the container.</summary>
    internal static void WritePoints(Utf8JsonWriter json, IReadOnlyList<MountPoint> points) => json.Objects("Mounts", points, WritePoint);

    /// <summary>What stands before the colon; null where the mount needs --mount's words.</summary>
    private static string? BindSource(UserMount mount) => mount switch
    {
        BindMount { MakeSource: true, WritableBelow: false } bind => bind.Source,
        VolumeMount { Name: { } name, Subpath: null } => name.Value,
        _ => null,
    };

    private static void WriteRequest(Utf8JsonWriter json, UserMount mount)
    {
        (string type, string source) = mount switch
        {
            BindMount bind => ("bind", bind.Source),
            ImageMount image => ("image", image.Image),
            VolumeMount { Name: { } name } => ("volume", name.Value),
            _ => ("volume", ""),
        };
        json.WriteString("Type"u8, type);
        if (source.Length > 0)
        {
            json.WriteString("Source"u8, source);
        }

        json.WriteString("Target"u8, mount.Destination);
        if (mount is SourcedMount { ReadOnly: true })
        {
            json.WriteBoolean("ReadOnly"u8, true);
        }

        WriteOptions(json, mount);
    }

    private static void WriteOptions(Utf8JsonWriter json, UserMount mount)
    {
        if (mount is BindMount bind)
        {
            json.WriteStartObject("BindOptions"u8);
            json.WriteString("Propagation"u8, bind.Propagation);
            Flag(json, "NonRecursive", !bind.Recursive);
            Flag(json, "CreateMountpoint", bind.MakeSource);
            Flag(json, "ReadOnlyNonRecursive", bind.WritableBelow);
            json.WriteEndObject();
        }
        else if (mount is VolumeMount volume)
        {
            json.WriteStartObject("VolumeOptions"u8);
            Flag(json, "NoCopy", volume.NoCopy);
            if (volume.Subpath is { } subpath)
            {
                json.WriteString("Subpath"u8, subpath);
            }

            json.WriteEndObject();
        }
    }

    private static void Flag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static void WritePoint(Utf8JsonWriter json, MountPoint point)
    {
        json.WriteString("Type"u8, point.Type);
        if (point.Name is { } name)
        {
            json.WriteString("Name"u8, name);
        }

        json.WriteString("Source"u8, point.Source);
        json.WriteString("Destination"u8, point.Destination);
        if (point.Name is not null)
        {
            json.WriteString("Driver"u8, "local"u8);
        }

        json.WriteString("Mode"u8, point.Mode);
        json.WriteBoolean("RW"u8, !point.ReadOnly);
        json.WriteString("Propagation"u8, point.Propagation);
    }
}

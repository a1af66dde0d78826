using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Volumes;

/// <summary>
/// What the user's mounts are on the host: bind mounts, and volumes that are a folder of the host. Their paths are resolved once, when the
/// container is made, and recorded; later its own links, and those of others it shares a folder with, may be on their way.
/// </summary>
internal static class HostSources
{
    private const uint TraversableFolder = 0x1ed; // 0755

    /// <summary>The same mounts with their paths resolved. Nothing is made; what is missing has the path that it is to be made at.</summary>
    /// <param name="mounts">As the user asks for them: what comes from another container's record is resolved already.</param>
    /// <param name="volumes">Knows which volumes are a folder of the host.</param>
    /// <exception cref="MiniRunException">A path cannot be resolved.</exception>
    internal static IReadOnlyList<UserMount> Resolve(IReadOnlyList<UserMount> mounts, VolumeStore volumes)
    {
        if (mounts.Count == 0)
        {
            return mounts;
        }

        UserMount[] resolved = new UserMount[mounts.Count];
        for (int i = 0; i < resolved.Length; i++)
        {
            resolved[i] = PathOf(mounts[i], volumes) is { } path ? (SourcedMount)mounts[i] with { Resolved = ResolvedPath.Of(path) } : mounts[i];
        }

        return resolved;
    }

    /// <summary>The paths as a container's record has them, by destination.</summary>
    internal static IReadOnlyDictionary<string, string> Recorded(IReadOnlyList<UserMount> mounts)
    {
        Dictionary<string, string> paths = [];
        foreach (UserMount mount in mounts)
        {
            if (mount is SourcedMount { Resolved: { } path })
            {
                paths[mount.Destination] = path;
            }
        }

        return paths;
    }

    /// <summary>The mounts with what a record says of them. Where it says nothing (an older minirun made it) the path as it was given counts as resolved, so that a link in it is refused.</summary>
    internal static IReadOnlyList<UserMount> FromRecord(IReadOnlyList<UserMount> mounts, IReadOnlyDictionary<string, string> recorded)
    {
        UserMount[] found = new UserMount[mounts.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = mounts[i] is SourcedMount mount ? mount with { Resolved = recorded.GetValueOrDefault(mount.Destination) ?? (mount as BindMount)?.Source } : mounts[i];
        }

        return found;
    }

    /// <summary>Makes the folders of the host that -v names and that are missing, through no link.</summary>
    /// <param name="mounts">Resolved.</param>
    /// <exception cref="MiniRunException">A --mount's source is missing, or a link has appeared on the way to one.</exception>
    internal static void Make(IReadOnlyList<UserMount> mounts)
    {
        foreach (UserMount mount in mounts)
        {
            if (mount is BindMount bind)
            {
                Make(bind, bind.Resolved ?? bind.Source);
            }
        }
    }

    private static void Make(BindMount bind, string path)
    {
        try
        {
            using FileDescriptor? source = ResolvedPath.TryOpen(path, out Errno error);
            if (source is not null)
            {
                return;
            }

            if (error is not (Errno.ENOENT or Errno.ENOTDIR))
            {
                throw new SyscallException("openat2", path, error);
            }

            if (!bind.MakeSource)
            {
                throw new MiniRunException($"invalid mount config for type \"bind\": bind source path does not exist: {bind.Source} (--mount makes none; -v does)");
            }

            ResolvedPath.Make(path, TraversableFolder);
        }
        catch (LinkedPathException linked)
        {
            throw new MiniRunException($"{bind.Origin}: {linked.Message}", linked);
        }
    }

    private static string? PathOf(UserMount mount, VolumeStore volumes) => mount switch
    {
        BindMount bind => bind.Source,
        VolumeMount { Name: { } name } => volumes.Find(name)?.Options.Device,
        _ => null,
    };
}

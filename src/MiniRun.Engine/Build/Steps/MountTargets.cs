using System.Text;
using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Where minirun mounts something in every container, whatever its image has there.</summary>
internal static class MountTargets
{
    private static readonly string[] s_targets =
    [
        "etc/hosts", "etc/hostname", "etc/resolv.conf", "dev", "proc", "sys",
    ];

    /// <summary>What has to be made in an image's root for these mounts.</summary>
    /// <param name="root">The root before that.</param>
    internal static MountStubs Missing(FileDescriptor root)
    {
        List<byte[]> missing = [];
        List<(byte[], FileTime)> times = [];
        foreach (string target in s_targets)
        {
            if (StatusOf(root, target) is not null)
            {
                continue;
            }

            missing.Add(Encoding.ASCII.GetBytes(target));
            if (ParentOf(target) is not { Length: > 0 } parent)
            {
                continue;
            }

            byte[] path = Encoding.ASCII.GetBytes(parent);
            if (StatusOf(root, parent) is { } status)
            {
                times.Add((path, status.Modified));
            }
            else
            {
                missing.Add(path);
            }
        }

        return new MountStubs(missing, times);
    }

    private static FileStatus? StatusOf(FileDescriptor root, string path)
    {
        try
        {
            using Place place = RootedWalk.Follow(root, path);
            return place.Existing;
        }
        catch (SyscallException missing) when (missing.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            return null;
        }
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
}

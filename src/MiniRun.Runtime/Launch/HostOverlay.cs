using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>A detached overlay: layers that are never written below, the container's own folder on top. Nothing becomes visible on the host.</summary>
internal static class HostOverlay
{
    public static FileDescriptor Open(LaunchStep step, IdMapSource mapping)
    {
        List<string> lower = Layers(step.Blob.Span);
        if (step.Argument1 != 1)
        {
            return Mount(lower, step.Text0, step.Text1);
        }

        // The upper folder is not mapped, because overlayfs writes to it with the mounter's own ids; so it shows the host's.
        (uint uid, uint gid) = mapping.Root;
        HostDirectory.ChangeOwner(step.Text0, uid, gid);
        FileDescriptor userNamespace = mapping.Namespace;
        return PrivateMountNamespace.Run(() =>
        {
            foreach (string layer in lower)
            {
                AttachMapped(layer, userNamespace);
            }

            return Mount(lower, step.Text0, step.Text1);
        });
    }

    /// <summary>Lays an id-mapped clone of a layer over itself; overlayfs takes its layers by path and only from the caller's mount namespace.</summary>
    private static void AttachMapped(string layer, FileDescriptor userNamespace)
    {
        using FileDescriptor clone = DetachedMount.Clone(layer, recursive: false);
        DetachedMount.MapIds(clone, userNamespace);
        using FileDescriptor target = HostFile.Open(layer, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        DetachedMount.Attach(clone, target, layer);
    }

    private static FileDescriptor Mount(List<string> lower, string upper, string work)
    {
        // fsconfig takes values of at most 255 bytes and overlayfs splits them at ":", so long and odd paths go by descriptor.
        List<FileDescriptor> held = [];
        try
        {
            List<string> names = new(lower.Count);
            foreach (string layer in lower)
            {
                names.Add(Name(layer, held));
            }

            using FileDescriptor context = DetachedMount.OpenContext("overlay");
            DetachedMount.SetOption(context, "source", "overlay");
            DetachedMount.SetOption(context, "lowerdir", string.Join(':', names));
            DetachedMount.SetOption(context, "upperdir", Name(upper, held));
            DetachedMount.SetOption(context, "workdir", Name(work, held));
            return DetachedMount.Mount(context, "overlay", attributes: 0);
        }
        finally
        {
            foreach (FileDescriptor descriptor in held)
            {
                descriptor.Dispose();
            }
        }
    }

    private static string Name(string path, List<FileDescriptor> held)
    {
        if (Encoding.UTF8.GetByteCount(path) < 80 && path.AsSpan().IndexOfAny(':', ',', '\\') < 0)
        {
            return path;
        }

        FileDescriptor folder = HostFile.Open(path, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        held.Add(folder);
        return folder.ProcPath();
    }

    private static List<string> Layers(ReadOnlySpan<byte> paths)
    {
        List<string> layers = [];
        while (paths.Length > 0)
        {
            int end = paths.IndexOf((byte)0);
            layers.Add(Encoding.UTF8.GetString(end < 0 ? paths : paths[..end]));
            paths = end < 0 ? [] : paths[(end + 1)..];
        }

        return layers;
    }
}

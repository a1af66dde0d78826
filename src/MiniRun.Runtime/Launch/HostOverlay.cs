using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>A detached overlay: layers that are never written below, the container's own folder on top. Nothing becomes visible on the host.</summary>
public static class HostOverlay
{
    /// <summary>OVL_MAX_STACK of the kernel's fs/overlayfs.</summary>
    private const int MostLayers = 500;

    /// <summary>fsconfig(2) takes values of at most this many bytes.</summary>
    private const int LongestValue = 255;

    internal static FileDescriptor Open(LaunchStep step, IdMapSource mapping)
    {
        List<string> lower = Layers(step.Blob.Span); // without an upper folder nothing can be written
        if (step.Argument1 != 1)
        {
            return Mount(lower, step.Text0, step.Text1);
        }

        // The upper folder is not mapped, because overlayfs writes to it with the mounter's own ids; so it shows the host's.
        if (step.Text0.Length > 0)
        {
            (uint uid, uint gid) = mapping.Root;
            HostDirectory.ChangeOwner(step.Text0, uid, gid);
        }

        return MountMapped(lower, lower, step.Text0, step.Text1, mapping.Namespace);
    }

    /// <summary>The same as <see cref="Mount"/> where layers show their files' owners shifted by a user namespace: a descriptor of it.</summary>
    /// <param name="mapped">Which of the lower folders; the others have the host's ids.</param>
    /// <exception cref="MiniRunException">There are more layers than overlayfs takes, or a kernel call failed.</exception>
    public static FileDescriptor MountMapped(IReadOnlyList<string> lower, IReadOnlyList<string> mapped, string upper, string work, FileDescriptor userNamespace)
    {
        CheckCount(lower);
        return PrivateMountNamespace.Run(() =>
        {
            foreach (string layer in mapped)
            {
                AttachMapped(layer, userNamespace);
            }

            return TryMountFew(lower, upper, work) ?? MountMany(lower, upper, work);
        });
    }

    /// <summary>Mounts an overlay that is reached by its descriptor alone, and gone when that is closed unless it was attached.</summary>
    /// <param name="lower">Topmost first; absolute, as all paths.</param>
    /// <param name="upper">"" for one that cannot be written, of two layers at least.</param>
    /// <param name="work">"" without an upper one.</param>
    /// <exception cref="MiniRunException">There are more layers than overlayfs takes, or a kernel call failed.</exception>
    public static FileDescriptor Mount(IReadOnlyList<string> lower, string upper, string work)
    {
        CheckCount(lower);
        return TryMountFew(lower, upper, work) ?? PrivateMountNamespace.Run(() => MountMany(lower, upper, work));
    }

    private static void CheckCount(IReadOnlyList<string> lower)
    {
        if (lower.Count > MostLayers)
        {
            throw new MiniRunException($"the image has {lower.Count} layers, and overlayfs takes at most {MostLayers}: build it anew with fewer (minirun export and import make one of all)");
        }
    }

    /// <summary>Lays an id-mapped clone of a layer over itself; overlayfs takes its layers by path and only from the caller's mount namespace.</summary>
    private static void AttachMapped(string layer, FileDescriptor userNamespace)
    {
        using FileDescriptor clone = DetachedMount.Clone(layer, recursive: false);
        DetachedMount.MapIds(clone, userNamespace);
        using FileDescriptor target = HostFile.Open(layer, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        DetachedMount.Attach(clone, target, layer);
    }

    private static FileDescriptor? TryMountFew(IReadOnlyList<string> lower, string upper, string work)
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

            string joined = string.Join(':', names);
            return Encoding.UTF8.GetByteCount(joined) <= LongestValue ? MountJoined(joined, upper.Length > 0 ? Name(upper, held) : "", upper.Length > 0 ? Name(work, held) : "") : null;
        }
        finally
        {
            Release(held);
        }
    }

    private static FileDescriptor MountJoined(string lower, string upper, string work)
    {
        using FileDescriptor context = DetachedMount.OpenContext("overlay");
        DetachedMount.SetOption(context, "source", "overlay");
        DetachedMount.SetOption(context, "lowerdir", lower);
        if (upper.Length > 0)
        {
            DetachedMount.SetOption(context, "upperdir", upper);
            DetachedMount.SetOption(context, "workdir", work);
        }

        if (BelievesUserAttributes())
        {
            DetachedMount.SetOption(context, "userxattr", null);
        }

        return DetachedMount.Mount(context, "overlay", attributes: 0);
    }

    /// <summary>
    /// Many layers, all by descriptor. "lowerdir+" would take them one by one, but came with Linux 6.7; mount(2) is as good on
    /// every kernel. The descriptors are opened here, because overlayfs takes layers only from the caller's mount namespace.
    /// </summary>
    private static FileDescriptor MountMany(IReadOnlyList<string> lower, string upper, string work)
    {
        List<FileDescriptor> held = [];
        try
        {
            StringBuilder options = new("lowerdir=");
            for (int i = 0; i < lower.Count; i++)
            {
                options.Append(i == 0 ? "" : ":").Append(Number(lower[i], held));
            }

            if (upper.Length > 0)
            {
                options.Append(",upperdir=").Append(Number(upper, held)).Append(",workdir=").Append(Number(work, held));
            }

            options.Append(BelievesUserAttributes() ? ",userxattr" : "");
            return PageOptions.Mount("overlay", options.ToString(), upper.Length > 0 ? upper : lower[0]);
        }
        finally
        {
            Release(held);
        }
    }

    /// <summary>trusted.* attributes, by which overlayfs knows opaque folders, are the host's root's alone; in a user namespace layers have user.* ones.</summary>
    private static bool BelievesUserAttributes() => !CurrentProcess.IsInInitialUserNamespace();

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

    private static string Number(string path, List<FileDescriptor> held)
    {
        FileDescriptor folder = HostFile.Open(path, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        held.Add(folder);
        return PageOptions.Number(folder);
    }

    private static void Release(List<FileDescriptor> held)
    {
        foreach (FileDescriptor descriptor in held)
        {
            descriptor.Dispose();
        }
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

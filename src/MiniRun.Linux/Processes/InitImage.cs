using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;

namespace MiniRun.Linux.Processes;

/// <summary>minirun-init, linked into this program's read-only data.</summary>
public static unsafe class InitImage
{
    /// <summary>Bytes of a build id (PLAN_BUILD_ID_SIZE).</summary>
    public const int BuildIdSize = 16;

    private const string Name = "minirun-init";

    /// <summary>The program's bytes.</summary>
    public static ReadOnlySpan<byte> Bytes
    {
        get
        {
            nuint size;
            byte* start = SpawnShim.minirun_init_image(&size);
            return new ReadOnlySpan<byte>(start, (int)size);
        }
    }

    /// <summary>The id that launcher and init of one build share; they refuse any other's plans.</summary>
    public static ReadOnlySpan<byte> BuildId => new(SpawnShim.minirun_build_id(), BuildIdSize);

    /// <summary>
    /// An unchangeable copy of init to execute: a sealed memory file or, where vm.memfd_noexec=2 forbids those, a file in a
    /// detached tmpfs made read-only. Make it before the child exists: the copy is charged to the writer's cgroup.
    /// </summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Open() => Memfd.TryCreateExecutable(Name, Bytes) ?? OpenInTmpfs();

    private static FileDescriptor OpenInTmpfs()
    {
        using FileDescriptor mount = DetachedMount.Create("tmpfs", "", ["mode=0700"], MountFlags.MOUNT_ATTR_NOSUID | MountFlags.MOUNT_ATTR_NODEV);
        using (FileDescriptor file = HostFile.OpenAt(mount, Name, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0x1c0))
        {
            HostFile.WriteAll(file, Bytes, Name);
        }

        DetachedMount.SetAttributes(mount, MountFlags.MOUNT_ATTR_RDONLY, 0);
        return HostFile.OpenAt(mount, Name, OpenFlags.O_RDONLY);
    }
}

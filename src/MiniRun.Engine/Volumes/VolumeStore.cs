using MiniRun.Engine.Events;
using MiniRun.Engine.Options;
using MiniRun.Engine.Rootless;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Volumes;

/// <summary>
/// The volumes of one data root: a folder each, with volume.json and the files in _data. A volume gets its name by a rename when it is
/// whole, so there are no half-made ones, and of two who make one the second finds the first's. Whoever makes volumes or uses them for a
/// container shares a lock until the container's record says so; only who holds it alone removes.
/// </summary>
public sealed class VolumeStore(DataRoot data)
{
    private const string DataFolder = "_data";
    private const string LockName = ".lock";
    private const string UnnamedSuffix = ".new";
    private const string RemovedSuffix = ".gone";
    private const uint TraversableFolder = 0x1ed; // 0755

    /// <summary>A volume's folder.</summary>
    public string FolderOf(VolumeName name) => $"{data.Volumes}/{name.Value}";

    /// <summary>Where a volume's files are; a container's, so nothing in it may be followed by path.</summary>
    public string FilesOf(VolumeName name) => $"{FolderOf(name)}/{DataFolder}";

    /// <summary>While it is held, no volume is removed.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Use()
    {
        HostDirectory.MakeAll(data.Volumes);
        using FileDescriptor folder = HostFile.OpenDirectory(data.Volumes);
        return FileLock.TakeShared(folder, LockName);
    }

    /// <summary>The right to remove volumes; waits for those who use the store.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Alone()
    {
        HostDirectory.MakeAll(data.Volumes);
        using FileDescriptor folder = HostFile.OpenDirectory(data.Volumes);
        return FileLock.Take(folder, LockName);
    }

    /// <summary>Makes a volume; nothing to do where there is one of its name.</summary>
    /// <exception cref="MiniRunException">A kernel call failed; nothing is left of it.</exception>
    public void Create(Volume volume)
    {
        using FileLock use = Use();
        Make(volume);
    }

    /// <summary>The same for who holds <see cref="Use"/>.</summary>
    internal void Make(Volume volume)
    {
        if (FileStatus.OfLink(FolderOf(volume.Name)) is not null)
        {
            return;
        }

        string unnamed = $"{data.Volumes}/.{VolumeName.New().Value}{UnnamedSuffix}";
        using FileDescriptor volumes = HostFile.OpenDirectory(data.Volumes);
        try
        {
            HostDirectory.Make(unnamed);
            HostDirectory.Make($"{unnamed}/{DataFolder}", TraversableFolder);
            HostDirectory.ChangeMode($"{unnamed}/{DataFolder}", TraversableFolder); // whatever the umask took away
            FileReplacement.Write($"{unnamed}/{VolumeFile.Name}", VolumeFile.Write(volume));
            Faults.Point(FaultPoint.VolumeWritten);
            HostDirectory.Rename(unnamed, FolderOf(volume.Name));
            Faults.Point(FaultPoint.VolumeNamed);
            new EventLog(data).Volume("create", volume.Name.Value);
        }
        catch (SyscallException taken) when (taken.Errno is Errno.ENOTEMPTY or Errno.EEXIST)
        {
            TreeRemoval.Remove(volumes, Path.GetFileName(unnamed)); // somebody else was faster
        }
        catch
        {
            TreeRemoval.Remove(volumes, Path.GetFileName(unnamed));
            throw;
        }
    }

    /// <summary>All volumes, by name.</summary>
    /// <exception cref="MiniRunException">One is damaged.</exception>
    public IReadOnlyList<Volume> List()
    {
        List<Volume> volumes = [];
        if (FileStatus.Of(data.Volumes) is not { IsDirectory: true })
        {
            return volumes;
        }

        foreach (string entry in HostDirectory.List(data.Volumes))
        {
            if (VolumeName.TryParse(entry) is { } name && Find(name) is { } volume)
            {
                volumes.Add(volume);
            }
        }

        volumes.Sort(static (left, right) => string.CompareOrdinal(left.Name.Value, right.Name.Value));
        return volumes;
    }

    /// <summary>A volume; null where there is none of that name.</summary>
    /// <exception cref="MiniRunException">What is written of it is damaged.</exception>
    public Volume? Find(VolumeName name)
    {
        if (FileStatus.OfLink(FolderOf(name)) is not { IsDirectory: true } folder)
        {
            return null;
        }

        string file = $"{FolderOf(name)}/{VolumeFile.Name}";
        try
        {
            return VolumeFile.Read(HostFile.ReadBounded(file, VolumeFile.MaxSize), file);
        }
        catch (SyscallException missing) when (missing.Errno == Errno.ENOENT)
        {
            // Removed meanwhile, or its description was deleted by hand: what there is of its files can still be listed and removed.
            return FileStatus.OfLink(FolderOf(name)) is null
                ? null
                : new Volume { Name = name, Created = DateTimeOffset.FromUnixTimeSeconds(folder.ModifiedSeconds) };
        }
    }

    /// <summary>The bytes that a volume's files take; 0 where they are not the caller's to read.</summary>
    public long SizeOf(VolumeName name)
    {
        try
        {
            return TreeSize.Of(FilesOf(name));
        }
        catch (SyscallException others) when (others.Errno is Errno.EACCES)
        {
            return 0; // without root, a container's user may have closed the folder
        }
    }

    /// <summary>Removes a volume with its files, for who is alone; false where there is none.</summary>
    /// <exception cref="MiniRunException">A kernel call failed, or something is mounted in it.</exception>
    internal bool Remove(VolumeName name)
    {
        using FileDescriptor volumes = HostFile.OpenDirectory(data.Volumes);
        string gone = $".{name.Value[..Math.Min(name.Value.Length, 200)]}{RemovedSuffix}";
        RemoveTree(volumes, gone); // what a killed removal has left
        if (!HostDirectory.Rename(volumes, name.Value, gone))
        {
            return false;
        }

        Faults.Point(FaultPoint.VolumeUnnamed);
        RemoveTree(volumes, gone);
        new EventLog(data).Volume("destroy", name.Value);
        return true;
    }

    /// <summary>Removes what killed processes have left, for who is alone.</summary>
    internal void Sweep()
    {
        using FileDescriptor volumes = HostFile.OpenDirectory(data.Volumes);
        foreach (string entry in HostDirectory.List(volumes, data.Volumes))
        {
            if (entry.StartsWith('.') && (entry.EndsWith(UnnamedSuffix, StringComparison.Ordinal) || entry.EndsWith(RemovedSuffix, StringComparison.Ordinal)))
            {
                RemoveTree(volumes, entry);
            }
        }
    }

    private void RemoveTree(FileDescriptor volumes, string name)
    {
        try
        {
            TreeRemoval.Remove(volumes, name);
        }
        catch (SyscallException others) when (others.Errno is Errno.EACCES or Errno.EPERM && UserNamespaceStage.IsWanted())
        {
            UserNamespaceStage.Remove($"{data.Volumes}/{name}");
        }
    }
}

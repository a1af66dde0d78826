using MiniRun.Engine.Events;
using MiniRun.Engine.Rootless;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Containers;

/// <summary>
/// The containers of one data root: a folder each, and a name each, which is a file in names/ that holds the id.
/// A process may die anywhere in here: a folder without a record is a half-made container, a name without a folder is free.
/// </summary>
public sealed class ContainerStore(DataRoot data)
{
    private const int IdLength = 64;
    private const int MostAttempts = 1000;
    private const uint WorldReadable = 0x1a4; // 0644

    private readonly ContainerNames _names = new(data);

    public DataRoot Data => data;

    /// <summary>Where what happens to containers is noted.</summary>
    public EventLog Events { get; } = new(data);

    /// <summary>A new id, as docker's: 64 hexadecimal digits.</summary>
    public static ContainerId NewId()
    {
        // Not RandomNumberGenerator: it loads OpenSSL, which takes longer than starting the container.
        Span<byte> random = stackalloc byte[IdLength / 2];
        HostFile.ReadInto("/dev/urandom", random);
        return ContainerId.Parse(Convert.ToHexStringLower(random));
    }

    public string FolderOf(ContainerId id) => $"{data.Containers}/{id.Value}";

    /// <summary>Makes a container's folder and claims its name; a null name makes one up.</summary>
    /// <exception cref="MiniRunException">The name is taken: the message has the holder's id.</exception>
    public string Add(ContainerId id, string? name)
    {
        HostDirectory.MakeAll(data.Containers);
        HostDirectory.MakeAll(data.Names);
        // The folder first: a name whose holder has no folder counts as free.
        HostDirectory.Make(FolderOf(id));
        Faults.Point(FaultPoint.EngineFolder);
        using ContainerNames.Changes names = _names.Lock();
        try
        {
            return names.Claim(id, name);
        }
        catch
        {
            RemoveFolder(id);
            throw;
        }
    }

    public void Write(ContainerRecord record)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(record.Id));
        FileReplacement.Write(folder, ContainerRecordFile.Name, ContainerRecordFile.Write(record));
    }

    /// <summary>Changes a container's record, together with something else: either both are done or none.</summary>
    /// <param name="id">The container.</param>
    /// <param name="change">From the record to the new one.</param>
    /// <param name="act">The rest; once it is done, all that is left is a rename.</param>
    /// <exception cref="MiniRunException">The container is half-made, or either part is refused.</exception>
    public void Change(ContainerId id, Func<ContainerRecord, ContainerRecord> change, Action act)
    {
        using ContainerNames.Changes exclusive = _names.Lock(); // two who change one record (rename) would lose one of the changes
        ContainerRecord record = Require(id);
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(id));
        FileReplacement.Prepare(folder, ContainerRecordFile.Name, ContainerRecordFile.Write(change(record)));
        try
        {
            act();
        }
        catch
        {
            FileReplacement.Abandon(folder, ContainerRecordFile.Name);
            throw;
        }

        FileReplacement.Complete(folder, ContainerRecordFile.Name);
    }

    /// <summary>Gives a container another name.</summary>
    /// <exception cref="MiniRunException">The name is taken.</exception>
    public void Rename(ContainerRecord record, string name)
    {
        using ContainerNames.Changes names = _names.Lock();
        record = Read(record.Id) ?? record; // it may have changed until the lock was free
        names.Claim(record.Id, name);
        // Until the record says so, the container has both names: either finds it.
        Write(record with { Name = name });
        names.Free(record.Name, record.Id);
    }

    /// <summary>Before a program is started: makes sure that its end can be recorded, however full the disk is then.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full already.</exception>
    public void ReserveLife(ContainerId id)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(id));
        FileReserve.Make(folder, ContainerLifeFile.Name);
    }

    /// <summary>Whether a program was about to be started, see <see cref="ReserveLife"/>.</summary>
    public bool IsLifeReserved(ContainerId id)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(id));
        return FileReserve.IsThere(folder, ContainerLifeFile.Name);
    }

    /// <summary>Writes how a container's program has fared; its folder must be there. On a full disk what health checks have said is left out.</summary>
    /// <exception cref="SyscallException">ENOENT: the container was removed.</exception>
    public void WriteLife(ContainerId id, ContainerLife life)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(id));
        try
        {
            FileReplacement.Write(folder, ContainerLifeFile.Name, ContainerLifeFile.Write(life));
        }
        catch (SyscallException full) when (full.Errno is Errno.ENOSPC or Errno.EDQUOT)
        {
            if (!FileReserve.Replace(folder, ContainerLifeFile.Name, ContainerLifeFile.Write(life.Shortened())))
            {
                throw; // made by an older version
            }
        }
    }

    /// <summary>How a container's program has fared; null where it was never started by a monitor.</summary>
    /// <exception cref="MiniRunException">What is written there is damaged.</exception>
    public ContainerLife? ReadLife(ContainerId id)
    {
        string path = $"{FolderOf(id)}/{ContainerLifeFile.Name}";
        return FileStatus.Of(path) is null ? null : ContainerLifeFile.Read(HostFile.ReadBounded(path, ContainerLifeFile.MaxSize), path);
    }

    /// <summary>Writes a file that the container's users may read.</summary>
    public void WriteFile(ContainerId id, string name, ReadOnlySpan<byte> bytes)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(FolderOf(id));
        FileReplacement.Write(folder, name, bytes, WorldReadable);
    }

    /// <summary>A container's record, or null where it is half-made.</summary>
    /// <exception cref="MiniRunException">The record is damaged.</exception>
    public ContainerRecord? Read(ContainerId id)
    {
        string path = $"{FolderOf(id)}/{ContainerRecordFile.Name}";
        return FileStatus.Of(path) is null ? null : ContainerRecordFile.Read(HostFile.ReadBounded(path, ContainerRecordFile.MaxSize), path);
    }

    /// <summary>All containers, half-made ones too.</summary>
    public IReadOnlyList<ContainerId> List()
    {
        List<ContainerId> ids = [];
        if (FileStatus.Of(data.Containers) is { IsDirectory: true })
        {
            foreach (string entry in HostDirectory.List(data.Containers))
            {
                if (ParseId(entry) is { } id)
                {
                    ids.Add(id);
                }
            }
        }

        return ids;
    }

    /// <summary>Finds a container by name, id, or the beginning of its id.</summary>
    /// <exception cref="MiniRunException">There is none, or more than one.</exception>
    public ContainerId Find(string reference) => ByName(reference) ?? ContainerReference.ByPrefix(reference, List());

    /// <summary>The same; null where there is none.</summary>
    /// <exception cref="MiniRunException">There is more than one.</exception>
    public ContainerId? TryFind(string reference) => ByName(reference) ?? ContainerReference.TryByPrefix(reference, List());

    /// <summary>Removes a container's name and folder, as far as they are there.</summary>
    public void Remove(ContainerId id)
    {
        ContainerRecord? record = TryRead(id);
        if ((record?.Name ?? _names.HeldBy(id)) is { } name)
        {
            using ContainerNames.Changes names = _names.Lock();
            names.Free(name, id);
        }

        Faults.Point(FaultPoint.EngineNameRemoved);
        RemoveFolder(id);
        Events.Container(record, "destroy");
    }

    /// <summary>The name that a container holds, or null.</summary>
    public string? NameOf(ContainerId id) => TryRead(id)?.Name ?? _names.HeldBy(id);

    /// <summary>A container's record.</summary>
    /// <exception cref="MiniRunException">The container is half-made, or the record damaged.</exception>
    public ContainerRecord Require(ContainerId id) => Read(id) ?? throw new MiniRunException($"container {id.Short} is half-made: minirun rm -f {id.Short}");

    /// <summary>A container's record; null where it is half-made, or the record damaged.</summary>
    public ContainerRecord? TryRead(ContainerId id)
    {
        try
        {
            return Read(id);
        }
        catch (MiniRunException)
        {
            return null;
        }
    }

    private void RemoveFolder(ContainerId id)
    {
        if (FileStatus.Of(data.Containers) is null)
        {
            return;
        }

        using FileDescriptor containers = HostFile.OpenDirectory(data.Containers);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                TreeRemoval.Remove(containers, id.Value);
                return;
            }
            catch (SyscallException others) when (others.Errno is Errno.EACCES or Errno.EPERM && UserNamespaceStage.IsWanted())
            {
                UserNamespaceStage.Remove(FolderOf(id));
                return;
            }
            catch (SyscallException race) when (race.Errno is Errno.ENOENT or Errno.ENOTEMPTY && attempt < MostAttempts)
            {
                // Another minirun removes the same container: `rm -f` and the dying `run --rm`. What is left of it is seen to again.
            }
        }
    }

    private ContainerId? ByName(string reference) => ContainerName.IsValid(reference) ? _names.Holder(reference) : null;

    /// <summary>The id that a folder's name or a name's file is; null where it is none.</summary>
    internal static ContainerId? ParseId(string text)
    {
        bool valid = text.Length == IdLength;
        foreach (char c in text)
        {
            valid &= char.IsAsciiHexDigitLower(c);
        }

        return valid ? ContainerId.Parse(text) : null;
    }
}

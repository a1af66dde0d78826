using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Containers;

/// <summary>The names of a data root's containers: a file each in names/, which holds the id. A name whose holder has no folder is free.</summary>
internal sealed class ContainerNames(DataRoot data)
{
    /// <summary>The container that has the name; null where it is free.</summary>
    internal ContainerId? Holder(string name) => HolderIn(name) is { } id && FileStatus.Of($"{data.Containers}/{id.Value}") is { IsDirectory: true } ? id : null;

    /// <summary>The name that a container holds, by a look at all of them; null where it holds none.</summary>
    internal string? HeldBy(ContainerId id)
    {
        if (FileStatus.Of(data.Names) is not { IsDirectory: true })
        {
            return null;
        }

        foreach (string name in HostDirectory.List(data.Names))
        {
            if (!name.StartsWith('.') && HolderIn(name) == id)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Keeps all others from changing a name or a record until it is disposed of.</summary>
    /// <exception cref="MiniRunException">Somebody else keeps them for too long.</exception>
    internal Changes Lock() => new(this, data.Names);

    private ContainerId? HolderIn(string name)
    {
        string path = $"{data.Names}/{name}";
        return FileStatus.Of(path) is { IsRegular: true } ? ContainerStore.ParseId(HostFile.ReadText(path, ContainerId.MaxLength)) : null;
    }

    /// <summary>Changes of names, one process at a time.</summary>
    internal sealed class Changes : IDisposable
    {
        private const string LockName = ".lock";

        private readonly ContainerNames _names;
        private readonly FileDescriptor _folder;
        private readonly FileLock _lock;

        internal Changes(ContainerNames names, string folder)
        {
            _names = names;
            _folder = HostFile.OpenDirectory(folder);
            _lock = FileLock.Take(_folder, LockName);
        }

        /// <summary>Claims a name for a container; null makes one up. Returns it.</summary>
        /// <exception cref="MiniRunException">The name is taken: the message has the holder's id.</exception>
        internal string Claim(ContainerId id, string? asked)
        {
            for (int attempt = 0; ; attempt++)
            {
                string name = asked ?? ContainerName.From(id.Value, attempt);
                ContainerId? holder = _names.Holder(name);
                if (holder is null)
                {
                    FileReplacement.Write(_folder, name, Encoding.ASCII.GetBytes(id.Value));
                    Faults.Point(FaultPoint.EngineName);
                    return name;
                }

                if (asked is not null)
                {
                    throw new MiniRunException($"Conflict. The container name \"/{name}\" is already in use by container \"{holder}\". Remove that container (minirun rm {name}) to be able to reuse that name.");
                }
            }
        }

        /// <summary>Frees a name, where it is the container's: it may have been free, and taken, since.</summary>
        internal void Free(string name, ContainerId id)
        {
            if (_names.HolderIn(name) == id)
            {
                HostDirectory.RemoveFile(_folder, name);
            }
        }

        public void Dispose()
        {
            _lock.Dispose();
            _folder.Dispose();
        }
    }
}

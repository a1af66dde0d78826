using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>A set of descriptors to wait on. Entries are known by the index that Add returned.</summary>
public sealed class Poll
{
    /// <summary>What to wait for and what came (poll.h); errors and hang-ups are always reported.</summary>
    public const short Readable = Libc.POLLIN;

    public const short Writable = Libc.POLLOUT;

    /// <summary>A file of kernfs (cgroup.events, memory.events) has changed since it was last read.</summary>
    public const short Changed = Libc.POLLPRI;

    private readonly List<FileDescriptor> _descriptors = [];
    private pollfd[] _entries = new pollfd[8];

    /// <summary>Forgets all entries, for a set that changes all the time.</summary>
    public void Clear() => _descriptors.Clear();

    /// <summary>Adds a descriptor; returns its index.</summary>
    public int Add(FileDescriptor descriptor, short events = Readable)
    {
        int index = _descriptors.Count;
        if (index == _entries.Length)
        {
            Array.Resize(ref _entries, index * 2);
        }

        _descriptors.Add(descriptor);
        _entries[index] = new pollfd { fd = descriptor.Number, events = events };
        return index;
    }

    /// <summary>Waits for other events of an entry; 0 reports errors and hang-ups only.</summary>
    public void Change(int index, short events) => _entries[index].events = events;

    /// <summary>No longer watches an entry; its index stays taken. Call it before the descriptor is closed.</summary>
    public void Remove(int index)
    {
        _entries[index].fd = -1;
        _entries[index].revents = 0;
    }

    /// <summary>Watches a removed entry again.</summary>
    public void Restore(int index) => _entries[index].fd = _descriptors[index].Number;

    /// <summary>Waits; returns how many entries have something, 0 after the time is up. Milliseconds; -1 waits for ever.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public unsafe int Wait(int milliseconds = -1)
    {
        int result;
        fixed (pollfd* start = _entries)
        {
            // An interrupted wait starts anew with its whole time: signals are rare here and no deadline depends on it.
            do
            {
                result = Libc.poll(start, (nuint)_descriptors.Count, milliseconds);
            }
            while (KernelCall.Interrupted(result));
        }

        return (int)KernelCall.Check(result, "poll", "");
    }

    /// <summary>Whether an entry has something to read, or its peer has gone.</summary>
    public bool IsReadable(int index) => (_entries[index].revents & (Libc.POLLIN | Libc.POLLHUP | Libc.POLLERR)) != 0;

    /// <summary>Whether an entry has bytes to read.</summary>
    public bool HasInput(int index) => (_entries[index].revents & Libc.POLLIN) != 0;

    /// <summary>Whether an entry's peer has gone.</summary>
    public bool IsHungUp(int index) => (_entries[index].revents & (Libc.POLLHUP | Libc.POLLERR)) != 0;

    /// <summary>Whether an entry takes bytes.</summary>
    public bool IsWritable(int index) => (_entries[index].revents & (Libc.POLLOUT | Libc.POLLERR)) != 0;
}

using System.Globalization;
using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Resctrl;

/// <summary>One group of resctrl: a class of service, or a monitoring group of one.</summary>
public sealed class ResctrlGroup
{
    private const int LargestFile = 16 << 20;
    private const string SchemataFile = "schemata";
    private const string TasksFile = "tasks";

    private readonly ResctrlHost _host;

    internal ResctrlGroup(ResctrlHost host, string folder)
    {
        _host = host;
        Folder = folder;
    }

    public string Folder { get; }

    public bool Exists => FileStatus.Of(Folder) is { IsDirectory: true };

    /// <summary>Whether no process is in it.</summary>
    /// <exception cref="MiniRunException">It cannot be read.</exception>
    public bool IsEmpty => HostFile.ReadText(PathOf(TasksFile), LargestFile).AsSpan().Trim().IsEmpty;

    /// <summary>Makes it.</summary>
    /// <exception cref="MiniRunException">It is there already, or the processor has no more of its kind.</exception>
    public void Make()
    {
        try
        {
            _host.Make(Folder);
        }
        catch (SyscallException failure)
        {
            throw new MiniRunException(Line("mkdir", Folder, failure.Errno, Remedy(failure.Errno)), failure);
        }
    }

    /// <summary>Removes it; without one nothing happens.</summary>
    /// <exception cref="MiniRunException">It cannot be removed.</exception>
    public void Remove() => _host.Remove(Folder);

    /// <summary>What its processes may use, a line a resource.</summary>
    /// <exception cref="MiniRunException">It cannot be read.</exception>
    public string ReadSchemata() => HostFile.ReadText(PathOf(SchemataFile), LargestFile);

    /// <summary>Sets what its processes may use. Resources and caches that are not named stay as they are.</summary>
    /// <param name="lines">"L3:0=ff;1=c0", one or more lines: the kernel takes all or none, and names none twice.</param>
    /// <exception cref="MiniRunException">The kernel refuses it.</exception>
    public void WriteSchemata(string lines) => Write(SchemataFile, lines);

    /// <summary>Moves one thread into it; what it starts later is in it too.</summary>
    /// <exception cref="MiniRunException">The thread or the group is gone, or is not this user's.</exception>
    public void Add(int pid) => Write(TasksFile, pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>One call, since the kernel takes each as a whole; as a shell's >> does, which changes nothing for the kernel.</summary>
    private void Write(string file, string value)
    {
        string path = PathOf(file);
        using FileDescriptor? opened = HostFile.TryOpen(path, OpenFlags.O_WRONLY | OpenFlags.O_APPEND, out Errno error);
        if (opened is not null)
        {
            error = HostFile.TryWrite(opened, Encoding.UTF8.GetBytes(value + "\n"), out _);
        }

        if (error != 0)
        {
            string shown = value.Replace("\n", "\\n", StringComparison.Ordinal);
            throw new MiniRunException(Line($"write \"{shown}\" to", path, error, LastStatus() ?? Remedy(error)));
        }
    }

    /// <summary>What the kernel says of its last refusal; null where it says nothing.</summary>
    private string? LastStatus()
    {
        using FileDescriptor? file = HostFile.TryOpen(_host.MountPoint + "/info/last_cmd_status", OpenFlags.O_RDONLY, out _);
        if (file is null)
        {
            return null;
        }

        string status = Encoding.UTF8.GetString(HostFile.ReadBounded(file, "last_cmd_status", LargestFile)).Trim();
        return status.Length == 0 || status == "ok" ? null : status.Replace('\n', ' ');
    }

    private static string Line(string call, string path, Errno error, string remedy) => $"{call} {path}: {error.Reason()}: {remedy}";

    private static string Remedy(Errno error) => error switch
    {
        Errno.EEXIST => "a group of that name is there already: use it by its name as linux.intelRdt.closID, remove it (rmdir), or give the container another id",
        Errno.ENOSPC => "the processor has no class of service or counter left: share a class by its name (linux.intelRdt.closID), or remove unused ones (rmdir)",
        Errno.EACCES or Errno.EPERM => "only the host's root may change it: run as root, or leave linux.intelRdt out",
        Errno.EROFS => "resctrl is mounted read-only here: mount it read-write, or leave linux.intelRdt out",
        Errno.ENOENT => "this processor or kernel does not have it",
        Errno.ESRCH => "the process has ended",
        _ => "see info/last_cmd_status of the resctrl mount",
    };

    private string PathOf(string file) => Folder + "/" + file;
}

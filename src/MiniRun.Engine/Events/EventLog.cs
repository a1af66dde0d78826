using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Volumes;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Events;

/// <summary>
/// What has happened to containers, images and volumes of a data root, for `minirun events`: there is no daemon that could tell, so each
/// command and monitor adds its line to one file (events.log). One write with O_APPEND a line: lines of several writers do not mix.
/// </summary>
public sealed class EventLog(DataRoot data)
{
    /// <summary>The file's name in the data root.</summary>
    public const string Name = "events.log";

    /// <summary>The name of the file before; there is one.</summary>
    public const string OlderName = $"{Name}.1";

    /// <summary>Bytes after which a file makes room for the next.</summary>
    internal const int MaxSize = 8 << 20;

    /// <summary>Labels beyond this, in bytes of the whole line, are left out: readers have a limit.</summary>
    private const int MaxLine = 256 << 10;

    private const uint OwnerOnly = 0x180; // 0600: labels and commands are in it

    /// <summary>Notes what happened to a container.</summary>
    /// <param name="container">The container; nothing is noted of null, and of the container of a step of a build.</param>
    /// <param name="action">docker's word for it.</param>
    /// <param name="more">Further attributes.</param>
    public void Container(ContainerRecord? container, string action, params (string Key, string Value)[] more)
    {
        if (container is not { Run.Count: > 0 })
        {
            return;
        }

        List<KeyValuePair<string, string>> attributes = [new("image", container.Image), new("name", container.Name)];
        foreach ((string key, string value) in more)
        {
            attributes.Add(new(key, value));
        }

        int own = attributes.Count;
        EventLabels.AddTo(attributes, container);
        LogTime now = LogTime.Now;
        ReadOnlySpan<byte> line = EventLine.Of("container", action, container.Id.Value, container.Image, attributes, now);
        Write(line.Length <= MaxLine ? line : EventLine.Of("container", action, container.Id.Value, container.Image, attributes[..own], now));
    }

    /// <summary>Notes the start of a container's program, and that its volumes are mounted.</summary>
    public void Started(ContainerRecord container)
    {
        Mounted(container, "mount");
        Container(container, "start");
    }

    /// <summary>Notes the end of a container's program; nothing of null.</summary>
    public void Ended(ContainerRecord? container, int status, bool outOfMemory)
    {
        if (outOfMemory)
        {
            Container(container, "oom");
        }

        Container(container, "die", ("exitCode", status.ToString(CultureInfo.InvariantCulture)));
        Mounted(container, "unmount");
    }

    /// <summary>Notes a signal that was sent by hand.</summary>
    public void Signalled(ContainerRecord? container, int signal) => Container(container, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Notes what happened to an image.</summary>
    /// <param name="action">docker's word for it.</param>
    /// <param name="id">Its id, or for pull and push its name.</param>
    /// <param name="name">Its name; null where it has none.</param>
    public void Image(string action, string id, string? name) =>
        Write(EventLine.Of("image", action, id, null, name is null ? [] : [new("name", name)], LogTime.Now));

    /// <summary>Notes what happened to a volume.</summary>
    public void Volume(string action, string name, params (string Key, string Value)[] more)
    {
        List<KeyValuePair<string, string>> attributes = [new("driver", "local")];
        foreach ((string key, string value) in more)
        {
            attributes.Add(new(key, value));
        }

        Write(EventLine.Of("volume", action, name, null, attributes, LogTime.Now));
    }

    private void Mounted(ContainerRecord? container, string action)
    {
        foreach (RecordedVolume volume in container?.Volumes ?? [])
        {
            Volume(action, volume.Name.Value, ("container", container!.Id.Value), ("destination", volume.Destination));
        }
    }

    /// <summary>What cannot be noted (a full disk, another user's data root, a limit of file sizes) fails nobody's command.</summary>
    private void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            // O_NONBLOCK: a FIFO under its name would wait for a reader.
            using FileDescriptor file = HostFile.Open($"{data.Folder}/{Name}", OpenFlags.O_WRONLY | OpenFlags.O_APPEND | OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, OwnerOnly);
            ulong size = FileStatus.Of(file, Name).Size;
            if (size + (ulong)line.Length > ResourceLimits.LargestFile())
            {
                return;
            }

            HostFile.TryWrite(file, line, out int written);
            if (written > 0 && written < line.Length)
            {
                HostFile.TryWrite(file, "\n"u8, out _); // what was torn off must not take the next line with it
            }

            if (size + (ulong)written >= MaxSize)
            {
                Rotate();
            }
        }
        catch (SyscallException)
        {
        }
    }

    /// <summary>The lock is on the full file itself: whoever comes second finds a new one, which is not full.</summary>
    private void Rotate()
    {
        using FileDescriptor folder = HostFile.OpenDirectory(data.Folder);
        using FileLock? alone = FileLock.TryTake(folder, Name);
        if (alone is not null && FileStatus.OfEntry(folder, Name) is { Size: >= MaxSize })
        {
            HostDirectory.Rename(folder, Name, OlderName);
        }
    }
}

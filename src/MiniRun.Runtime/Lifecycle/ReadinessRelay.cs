using System.Globalization;
using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>
/// sd_notify(3) for a program in a container: it says READY=1 to a socket of minirun's, and minirun, which the service manager
/// knows as part of the unit, says it to the manager's, with the program's pid as the host has it. As runc does.
/// </summary>
internal sealed class ReadinessRelay : IDisposable
{
    /// <summary>Its folder in the container's state; seen in the container as /run/notify, read-only.</summary>
    public const string FolderName = "notify";

    public const string SocketName = "notify.sock";
    private const string Place = "/run/notify";
    private const string Ready = "READY=1";

    // sd_notify's messages are a few lines.
    private const int LargestMessage = 8192;

    private readonly FileDescriptor _socket;
    private readonly string _manager;

    private ReadinessRelay(FileDescriptor socket, string manager)
    {
        _socket = socket;
        _manager = manager;
    }

    /// <summary>The configuration of a container whose program can tell that it is ready.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="folder">The container's state folder.</param>
    public static RuntimeSpec Added(RuntimeSpec spec, string folder) => spec with
    {
        Mounts = [.. spec.Mounts, new MountSpec { Destination = Place, Type = "bind", Source = $"{folder}/{FolderName}", Options = ["bind", "ro", "nosuid", "nodev", "noexec"] }],
        Process = spec.Process is { } process ? process with { Env = [.. process.Env, $"NOTIFY_SOCKET={Place}/{SocketName}"] } : null,
    };

    /// <summary>Listens for the program of a container that was made so; null for others, and where no manager waits.</summary>
    /// <exception cref="SyscallException">The socket cannot be made.</exception>
    public static ReadinessRelay? Open(ContainerFolder container, string? manager)
    {
        if (string.IsNullOrEmpty(manager))
        {
            return null;
        }

        using FileDescriptor? folder = HostFile.TryOpenAt(container.Directory, FolderName, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out _);
        return folder is null ? null : new ReadinessRelay(UnixSocket.BindDatagram(folder, SocketName), manager);
    }

    /// <summary>Returns when the program has said that it is ready, or has ended.</summary>
    /// <exception cref="MiniRunException">The manager no longer listens.</exception>
    public void Wait(int pid, FileDescriptor pidfd)
    {
        Poll poll = new();
        int message = poll.Add(_socket);
        poll.Add(pidfd);
        byte[] buffer = new byte[LargestMessage];
        while (poll.Wait() > 0 && poll.HasInput(message))
        {
            int size = HostFile.Read(_socket, buffer, SocketName);
            if (Encoding.UTF8.GetString(buffer, 0, size).Split('\n').Contains(Ready))
            {
                UnixSocket.SendDatagram(_manager, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Ready}\nMAINPID={pid}\n")));
                return;
            }
        }
    }

    /// <summary>The same beside other work, for as long as this process lives; what fails is told as a warning.</summary>
    public void WaitInBackground(int pid, FileDescriptor pidfd, Action<string> warn) => new Thread(() =>
    {
        try
        {
            Wait(pid, pidfd);
        }
        catch (Exception e) when (e is MiniRunException or ObjectDisposedException)
        {
            warn($"NOTIFY_SOCKET: {e.Message}");
        }
    })
    { IsBackground = true }.Start();

    public void Dispose() => _socket.Dispose();
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Launch;

/// <summary>The process that listens at linux.seccomp.listenerPath, and what it is told with a listener: the container process state (config-linux.md) of a process, by its pid.</summary>
internal sealed record SeccompAgent(string Path, Func<int, byte[]> StateOf)
{
    /// <summary>Takes the listener out of init, which can send nothing itself any more, and hands it over; no copy is kept.</summary>
    /// <exception cref="LaunchException">Nobody takes it.</exception>
    public void Send(Pidfd init, int pid, int number)
    {
        using FileDescriptor listener = init.CopyDescriptor(number);
        try
        {
            using FileDescriptor socket = UnixSocket.ConnectStream(Path);
            SocketMessage.Send(socket, StateOf(pid), listener);
        }
        catch (SyscallException e)
        {
            throw new LaunchException($"{e.Call} {Path}: {e.Errno.Reason()}: nobody would answer for the calls that seccomp asks about: start the agent of linux.seccomp.listenerPath first", e);
        }
    }
}

using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Launch;

/// <summary>The container's pid 1, to join its namespaces: checked to be the same process that was committed.</summary>
internal static class HostProcess
{
    /// <exception cref="LaunchException">It has ended.</exception>
    public static FileDescriptor Open(ProcessIdentity container) =>
        container.Open()?.Descriptor ?? throw new LaunchException($"pidfd_open {container.Pid}: the container's process has ended: start the container again");
}

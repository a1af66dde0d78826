using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>A namespace to join, named by a path such as /proc/PID/ns/net.</summary>
internal static class HostNamespace
{
    /// <exception cref="LaunchException">The file is no namespace, or one of another kind.</exception>
    public static FileDescriptor Open(LaunchStep step)
    {
        FileDescriptor file = HostFile.Open(step.Text0, OpenFlags.O_RDONLY);
        ulong type = NamespaceFlags.TypeOf(file);
        if (type == step.Argument0)
        {
            return file;
        }

        file.Dispose();
        throw new LaunchException($"open {step.Text0}: it is {(type == 0 ? "no namespace" : $"a {(NamespaceType)type} namespace")}, not a {(NamespaceType)step.Argument0} namespace: correct linux.namespaces");
    }
}

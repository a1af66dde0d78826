using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>A namespace to join, named by a path such as /proc/PID/ns/net.</summary>
internal static class HostNamespace
{
    /// <exception cref="LaunchException">The file is no namespace, or one of another kind.</exception>
    public static FileDescriptor Open(string path, NamespaceType expected)
    {
        FileDescriptor file = HostFile.Open(path, OpenFlags.O_RDONLY);
        ulong type = NamespaceFlags.TypeOf(file);
        if (type == (ulong)expected)
        {
            return file;
        }

        file.Dispose();
        throw new LaunchException($"open {path}: it is {(type == 0 ? "no namespace" : $"a {((NamespaceType)type).Word()} namespace")}, not a {expected.Word()} namespace: correct linux.namespaces");
    }
}

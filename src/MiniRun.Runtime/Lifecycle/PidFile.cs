using System.Globalization;
using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>runc's --pid-file: a bare number without newline, complete whenever it can be seen.</summary>
internal static class PidFile
{
    public static void Write(string? path, int pid)
    {
        if (path is null)
        {
            return;
        }

        int slash = path.LastIndexOf('/');
        using FileDescriptor folder = HostFile.OpenDirectory(slash < 0 ? "." : path[..(slash + 1)]);
        FileReplacement.Write(folder, path[(slash + 1)..], Encoding.ASCII.GetBytes(pid.ToString(CultureInfo.InvariantCulture)), mode: 0x1a4);
    }
}

using System.Runtime.InteropServices;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>chown(2), which .NET does not offer.</summary>
internal static partial class Owner
{
    /// <summary>Gives a file to a user, and to the group of the same number; 0, or -1.</summary>
    public static int Change(string path, int id) => Chown(path, id, id);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Chown(string path, int owner, int group);
}

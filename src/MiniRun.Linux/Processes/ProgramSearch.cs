using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>Looks for a program of the host's as a shell would.</summary>
public static class ProgramSearch
{
    private const uint Execute = 0x49; // 0111

    /// <summary>The absolute path of a program; null where there is none. Relative folders in PATH are passed over: what stands in them depends on where one stands.</summary>
    /// <param name="name">Its name, without a slash.</param>
    /// <param name="searchPath">PATH.</param>
    public static string? Find(string name, string searchPath)
    {
        foreach (string folder in searchPath.Split(':'))
        {
            string path = $"{folder.TrimEnd('/')}/{name}";
            if (folder.StartsWith('/') && !name.Contains('/', StringComparison.Ordinal) && IsProgram(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsProgram(string path)
    {
        try
        {
            return FileStatus.Of(path) is { IsRegular: true } status && (status.Mode & Execute) != 0;
        }
        catch (SyscallException)
        {
            // A folder that this user may not search, such as root's.
            return false;
        }
    }
}

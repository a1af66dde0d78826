using System.Text;

namespace MiniRun.Runtime.Spec.Validation;

/// <summary>Paths as text; nothing here asks the file system.</summary>
internal static class PathText
{
    /// <summary>Bytes of the longest path a system call takes (PATH_MAX without its NUL).</summary>
    private const int Longest = 4095;

    /// <summary>What is wrong with a path that must be absolute, or null.</summary>
    public static string? ProblemOfAbsolute(string path) => ProblemOf(path) ?? (path[0] == '/' ? null : $"{Shown.Quote(path)} is not an absolute path");

    /// <summary>What is wrong with any path, or null.</summary>
    public static string? ProblemOf(string path)
    {
        if (path.Length == 0)
        {
            return "must not be empty";
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return "must not contain NUL";
        }

        return path.Length > Longest / 3 && Encoding.UTF8.GetByteCount(path) > Longest ? $"longer than {Longest} bytes" : null;
    }

    /// <summary>Whether one of the path's parts is "..".</summary>
    public static bool ClimbsUp(string path)
    {
        if (!path.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (Range part in path.AsSpan().Split('/'))
        {
            if (path.AsSpan()[part] is "..")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The path from "/", without empty parts, "." and "..": "proc//../proc/" is "/proc".</summary>
    public static string Clean(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }
}

using System.Text;
using MiniRun.Linux;

namespace MiniRun.Runtime.Plan;

/// <summary>Texts of paths, cleaned without asking any file system; only for comparing and naming, since the kernel resolves them.</summary>
internal static class ContainerPath
{
    /// <summary>The absolute path without empty, "." and ".." parts; a relative path starts at the root.</summary>
    public static string Clean(string path)
    {
        if (IsClean(path))
        {
            return path;
        }

        List<string> parts = [];
        foreach (string part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>Whether a path is a folder or something below it; both are clean.</summary>
    public static bool IsAtOrBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    /// <summary>NUL-terminated texts, one after the other.</summary>
    /// <exception cref="MiniRunException">A text holds a NUL itself.</exception>
    public static byte[] Terminated(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        byte[] bytes = new byte[SizeOf(first) + SizeOf(second)];
        int end = Write(bytes, 0, first);
        _ = Write(bytes, end, second);
        return bytes;
    }

    private static int SizeOf(IReadOnlyList<string> texts)
    {
        int size = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            size += Encoding.UTF8.GetByteCount(texts[i]) + 1;
        }

        return size;
    }

    private static int Write(byte[] bytes, int end, IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i].Contains('\0', StringComparison.Ordinal))
            {
                throw new MiniRunException($"launch plan: '{texts[i].Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL byte: the kernel's texts end there; remove it");
            }

            end += Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(end)) + 1;
        }

        return end;
    }

    private static bool IsClean(string path) =>
        path.Length > 0 && path[0] == '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal)
        && (path.Length == 1 || path[^1] != '/');
}

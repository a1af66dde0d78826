namespace MiniRun.Linux.Cgroups;

/// <summary>The path of a cgroup below the cgroup2 mount, "/minirun/ID": absolute, without "." and "..", no trailing slash but "/" itself.</summary>
public sealed record CgroupPath
{
    private const int LongestPath = 3900;
    private const int LongestName = 255;

    private CgroupPath(string text) => Text = text;

    public static CgroupPath Root { get; } = new("/");

    public string Text { get; }

    /// <summary>The names from the top down.</summary>
    public IReadOnlyList<string> Names => Text.Length == 1 ? [] : Text[1..].Split('/');

    /// <summary>Reads a path; repeated and trailing slashes are dropped.</summary>
    /// <exception cref="MiniRunException">The path is relative, leads upwards, is too long or holds control characters.</exception>
    public static CgroupPath Parse(string text)
    {
        if (!text.StartsWith('/') || text.Length > LongestPath)
        {
            throw new MiniRunException($"cgroup path \"{Shown(text)}\": it must begin with / and have at most {LongestPath} characters");
        }

        string path = "";
        foreach (string name in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            CheckName(name, text);
            path += "/" + name;
        }

        return path.Length == 0 ? Root : new(path);
    }

    /// <summary>The cgroup of a name below this one.</summary>
    /// <exception cref="MiniRunException">The name cannot be one.</exception>
    public CgroupPath Child(string name) => name.Contains('/', StringComparison.Ordinal)
        ? throw new MiniRunException($"cgroup name \"{Shown(name)}\": it holds a slash")
        : Parse(Text + "/" + name);

    public override string ToString() => Text;

    private static void CheckName(string name, string whole)
    {
        if (name is "." or ".." || name.Length > LongestName || name.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            throw new MiniRunException($"cgroup path \"{Shown(whole)}\": \"{Shown(name)}\" cannot be a cgroup's name");
        }

        // mkdir would make "memory.max" only to fail with EEXIST in a way nobody understands.
        if (name.StartsWith("cgroup.", StringComparison.Ordinal))
        {
            throw new MiniRunException($"cgroup path \"{Shown(whole)}\": names beginning with \"cgroup.\" are the kernel's");
        }
    }

    /// <summary>At most 100 characters, one line.</summary>
    private static string Shown(string text)
    {
        string shortened = text.Length > 100 ? text[..100] + "…" : text;
        return shortened.ReplaceLineEndings(" ");
    }
}

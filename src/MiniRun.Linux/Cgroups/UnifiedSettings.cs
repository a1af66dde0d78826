namespace MiniRun.Linux.Cgroups;

/// <summary>linux.resources.unified: cgroup v2 files and values as they are. Source: runtime-spec config-linux.md, "Unified".</summary>
public static class UnifiedSettings
{
    // Not limits: they move or end processes, or take the cgroup out of the launcher's hands.
    private static readonly string[] NotSettings = ["cgroup.procs", "cgroup.threads", "cgroup.kill", "cgroup.freeze", "cgroup.subtree_control", "cgroup.type"];

    /// <summary>Translates one entry; a value of several lines is one write a line, as the kernel wants it.</summary>
    /// <exception cref="MiniRunException">The key is not the name of a setting.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(string file, string value)
    {
        if (!IsFileName(file))
        {
            throw new MiniRunException($"unified key \"{file}\": not the name of a cgroup v2 file such as memory.high");
        }

        if (Array.IndexOf(NotSettings, file) >= 0)
        {
            throw new MiniRunException($"unified key \"{file}\": not a setting but the runtime's own handle on the container; remove it");
        }

        List<CgroupWrite> writes = [];
        foreach (string line in value.Split('\n'))
        {
            if (line.Length > 0)
            {
                writes.Add(new(file, line));
            }
        }

        return writes;
    }

    private static bool IsFileName(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == text.Length - 1 || text.Length > 255 || text.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}

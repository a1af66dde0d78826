namespace MiniRun.Linux.Cgroups;

/// <summary>Which CPUs and memory nodes may be used: cpuset.cpus, cpuset.mems. Source: cgroup-v2.rst, "Cpuset".</summary>
public static class CpusetController
{
    /// <summary>Translates lists such as "0-3,7"; null or empty is unset.</summary>
    /// <exception cref="MiniRunException">A list holds something else than numbers, ranges and commas.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(string? cpus, string? mems)
    {
        List<CgroupWrite> writes = [];
        Add(writes, "cpuset.cpus", cpus);
        Add(writes, "cpuset.mems", mems);
        return writes;
    }

    private static void Add(List<CgroupWrite> writes, string file, string? list)
    {
        if (string.IsNullOrEmpty(list))
        {
            return;
        }

        foreach (char letter in list)
        {
            // ":" and "/" are the kernel's "0-31:2/8" group notation.
            if (char.IsAsciiDigit(letter) || letter is '-' or ',' or ':' or '/' or ' ')
            {
                continue;
            }

            throw new MiniRunException($"{file}: \"{list}\" is not a list of numbers and ranges such as 0-3,7");
        }

        writes.Add(new(file, list));
    }
}

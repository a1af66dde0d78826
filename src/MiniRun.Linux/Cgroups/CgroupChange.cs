namespace MiniRun.Linux.Cgroups;

/// <summary>Several writes to a living cgroup, of which a refused one takes back those before.</summary>
public static class CgroupChange
{
    /// <exception cref="MiniRunException">The kernel refused a write; the ones before are undone.</exception>
    public static void Apply(Cgroup cgroup, IReadOnlyList<CgroupWrite> writes)
    {
        List<CgroupWrite> before = new(writes.Count);
        try
        {
            foreach (CgroupWrite write in writes)
            {
                string? old = CgroupFile.TryRead(cgroup.Directory, write.File, out _);
                CgroupFile.Write(cgroup, write);
                if (old is not null)
                {
                    before.Add(write with { Value = old });
                }
            }
        }
        catch (MiniRunException)
        {
            TakeBack(cgroup, before);
            throw;
        }
    }

    /// <summary>The present values of the files that some writes change; what cannot be read is left out.</summary>
    public static IReadOnlyList<CgroupWrite> Present(Cgroup cgroup, IReadOnlyList<CgroupWrite> writes)
    {
        List<CgroupWrite> present = new(writes.Count);
        foreach (CgroupWrite write in writes)
        {
            if (CgroupFile.TryRead(cgroup.Directory, write.File, out _) is { } value)
            {
                present.Add(write with { Value = value.TrimEnd('\n') });
            }
        }

        return present;
    }

    /// <summary>A file of several lines (io.max) takes one a write. What cannot be taken back stays: the failure that is reported is the first.</summary>
    private static void TakeBack(Cgroup cgroup, List<CgroupWrite> before)
    {
        for (int i = before.Count - 1; i >= 0; i--)
        {
            foreach (string line in before[i].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                CgroupFile.TryWrite(cgroup, before[i] with { Value = line });
            }
        }
    }
}

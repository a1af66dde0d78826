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

    /// <summary>The present values of the files that some writes change, one write a line (io.max takes no more); what cannot be read is left out.</summary>
    public static IReadOnlyList<CgroupWrite> Present(Cgroup cgroup, IReadOnlyList<CgroupWrite> writes)
    {
        List<CgroupWrite> present = new(writes.Count);
        foreach (CgroupWrite write in writes)
        {
            if (CgroupFile.TryRead(cgroup.Directory, write.File, out _) is { } value)
            {
                AddLines(present, write, value.TrimEnd('\n').Split('\n'));
            }
        }

        return present;
    }

    /// <summary>No CPUs are a value that can be written, no devices are not.</summary>
    private static void AddLines(List<CgroupWrite> present, in CgroupWrite write, string[] lines)
    {
        foreach (string line in lines)
        {
            if (line.Length > 0 || write.Controller != "io")
            {
                present.Add(write with { Value = line });
            }
        }
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

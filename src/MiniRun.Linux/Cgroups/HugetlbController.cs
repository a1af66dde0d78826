namespace MiniRun.Linux.Cgroups;

/// <summary>Huge pages: hugetlb.SIZE.max and hugetlb.SIZE.rsvd.max. Source: cgroup-v2.rst, "HugeTLB".</summary>
public static class HugetlbController
{
    /// <summary>Limits pages of one size ("2MB"), in bytes: used pages, and reserved ones, whose excess is an error at mmap instead of SIGBUS later.</summary>
    /// <exception cref="MiniRunException">The page size is not written as the kernel writes it.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(string pageSize, ulong limit)
    {
        if (!IsPageSize(pageSize))
        {
            throw new MiniRunException($"huge page size \"{pageSize}\": write it as the kernel does, such as 64KB, 2MB or 1GB (/sys/kernel/mm/hugepages)");
        }

        string value = Number.Text(limit);
        return [new($"hugetlb.{pageSize}.max", value), new($"hugetlb.{pageSize}.rsvd.max", value)];
    }

    private static bool IsPageSize(string text)
        => text.Length is > 2 and < 20 && text[0] is >= '1' and <= '9' && text[^2] is 'K' or 'M' or 'G' && text[^1] == 'B'
            && !text.AsSpan(0, text.Length - 2).ContainsAnyExceptInRange('0', '9');
}

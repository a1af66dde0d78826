using MiniRun.Linux.Files;

namespace MiniRun.Linux.Cgroups;

/// <summary>Huge pages of one size: bytes in use, and how often the limit refused more.</summary>
public sealed record HugetlbStatistics(ulong Usage, ulong Failures)
{
    private const string Prefix = "hugetlb.";
    private const string Suffix = ".current";

    /// <summary>By page size; none without the hugetlb controller.</summary>
    internal static IReadOnlyDictionary<string, HugetlbStatistics> Read(Cgroup cgroup)
    {
        SortedDictionary<string, HugetlbStatistics> sizes = new(StringComparer.Ordinal);
        foreach (string file in HostDirectory.List(cgroup.Directory, cgroup.Folder))
        {
            if (file.StartsWith(Prefix, StringComparison.Ordinal) && file.EndsWith(Suffix, StringComparison.Ordinal) && !file.EndsWith(".rsvd" + Suffix, StringComparison.Ordinal))
            {
                string size = file[Prefix.Length..^Suffix.Length];
                ulong failures = (ulong)CgroupEvents.Read(cgroup, $"{Prefix}{size}.events", "max");
                sizes[size] = new HugetlbStatistics(CgroupStatistics.Value(cgroup, file), failures);
            }
        }

        return sizes;
    }
}

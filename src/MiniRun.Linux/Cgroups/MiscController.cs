namespace MiniRun.Linux.Cgroups;

/// <summary>Scalar resources such as encrypted virtual machines' ids: misc.max. Source: cgroup-v2.rst, "Misc".</summary>
public static class MiscController
{
    /// <summary>Limits one resource named in misc.capacity; null lifts the limit.</summary>
    /// <exception cref="MiniRunException">The resource's name cannot be one.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(string resource, ulong? limit)
    {
        if (resource.Length == 0 || resource.AsSpan().ContainsAny(" \t\n/"))
        {
            throw new MiniRunException($"misc resource \"{resource}\": not a name from misc.capacity");
        }

        return [new("misc.max", resource + " " + (limit is { } value ? Number.Text(value) : "max"))];
    }
}

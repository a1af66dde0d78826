namespace MiniRun.Runtime.Spec.Validation;

/// <summary>Id mappings: what the kernel takes for uid_map and gid_map (user_namespaces(7)), and that the ids in use are mapped.</summary>
internal static class MappingRules
{
    /// <summary>Lines of a map: UID_GID_MAP_MAX_EXTENTS.</summary>
    private const int MostLines = 340;

    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        CheckMap("linux.uidMappings", spec.Linux.UidMappings, problems);
        CheckMap("linux.gidMappings", spec.Linux.GidMappings, problems);
        if (spec.Linux.Makes(NamespaceType.User))
        {
            CheckNewNamespace(spec, problems);
        }
        else if (!spec.Linux.Has(NamespaceType.User) && spec.Linux.UidMappings.Count + spec.Linux.GidMappings.Count > 0)
        {
            string path = spec.Linux.UidMappings.Count > 0 ? "linux.uidMappings" : "linux.gidMappings";
            problems.Add(path, "needs a user namespace in linux.namespaces");
        }
    }

    private static void CheckNewNamespace(RuntimeSpec spec, SpecProblems problems)
    {
        UserSpec user = spec.Process?.User ?? new UserSpec();
        RequireMapped("linux.uidMappings", spec.Linux.UidMappings, 0, problems);
        RequireMapped("linux.gidMappings", spec.Linux.GidMappings, 0, problems);
        RequireMapped("process.user.uid", spec.Linux.UidMappings, user.Uid, problems);
        RequireMapped("process.user.gid", spec.Linux.GidMappings, user.Gid, problems);
        for (int i = 0; i < user.AdditionalGids.Count; i++)
        {
            if (user.AdditionalGids[i] != 0 && !IsMapped(spec.Linux.GidMappings, user.AdditionalGids[i]))
            {
                problems.Add($"process.user.additionalGids[{i}]", $"id {user.AdditionalGids[i]} is not mapped into the user namespace");
            }
        }
    }

    private static void RequireMapped(string path, IReadOnlyList<IdMapping> map, uint id, SpecProblems problems)
    {
        // Id 0 is asked for once, where the map stands: set-up runs as the namespace's root, whoever the program runs as.
        bool isAskedElsewhere = id == 0 && path.StartsWith("process", StringComparison.Ordinal);
        if (!isAskedElsewhere && !IsMapped(map, id))
        {
            problems.Add(path, $"id {id} is not mapped into the user namespace");
        }
    }

    private static bool IsMapped(IReadOnlyList<IdMapping> map, uint id)
    {
        for (int i = 0; i < map.Count; i++)
        {
            if (id >= map[i].ContainerId && id - map[i].ContainerId < map[i].Size)
            {
                return true;
            }
        }

        return false;
    }

    public static void CheckMap(string path, IReadOnlyList<IdMapping> map, SpecProblems problems)
    {
        if (map.Count > MostLines)
        {
            problems.Add(path, $"more than the {MostLines} entries the kernel takes");
            return;
        }

        for (int i = 0; i < map.Count; i++)
        {
            if (map[i].Size == 0)
            {
                problems.Add($"{path}[{i}].size", "must not be 0");
            }

            if (!Fits(map[i].ContainerId, map[i].Size) || !Fits(map[i].HostId, map[i].Size))
            {
                problems.Add($"{path}[{i}]", "reaches beyond the highest id, 4294967294");
            }

            CheckOverlap(path, map, i, problems);
        }
    }

    private static void CheckOverlap(string path, IReadOnlyList<IdMapping> map, int index, SpecProblems problems)
    {
        for (int i = 0; i < index; i++)
        {
            if (Overlap(map[i].ContainerId, map[i].Size, map[index].ContainerId, map[index].Size)
                || Overlap(map[i].HostId, map[i].Size, map[index].HostId, map[index].Size))
            {
                problems.Add($"{path}[{index}]", $"overlaps with {path}[{i}]");
                return;
            }
        }
    }

    private static bool Fits(uint first, uint size) => (ulong)first + size <= uint.MaxValue;

    private static bool Overlap(uint a, uint sizeOfA, uint b, uint sizeOfB) => a < (ulong)b + sizeOfB && b < (ulong)a + sizeOfA;
}

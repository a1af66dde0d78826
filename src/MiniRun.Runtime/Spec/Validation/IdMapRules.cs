namespace MiniRun.Runtime.Spec.Validation;

/// <summary>Id mappings of mounts: uidMappings, gidMappings and the options idmap and ridmap. Source: config.md#mounts.</summary>
internal static class IdMapRules
{
    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        for (int i = 0; i < spec.Mounts.Count; i++)
        {
            Check($"mounts[{i}]", spec.Mounts[i], spec.Linux, problems);
        }
    }

    private static void Check(string path, MountSpec mount, LinuxSpec linux, SpecProblems problems)
    {
        bool asked = false;
        bool mapsInOption = false;
        foreach (string word in mount.Options)
        {
            if (!IdMapOption.IsIdMap(word))
            {
                continue;
            }

            asked = true;
            mapsInOption |= CheckOption($"{path}.options", word, problems);
        }

        int maps = mount.UidMappings.Count + mount.GidMappings.Count;
        if (maps > 0)
        {
            CheckMaps(path, mount, mapsInOption, problems);
        }
        else if (asked && !mapsInOption && !linux.Has(NamespaceType.User))
        {
            problems.Add($"{path}.options", "idmap without uidMappings and gidMappings takes those of the container, which has no user namespace");
        }

        if ((asked || maps > 0) && !MountRules.IsBind(mount))
        {
            problems.Add(path, "only a bind mount can be id-mapped: a new file system belongs to the container anyway");
        }
    }

    private static bool CheckOption(string path, string word, SpecProblems problems)
    {
        if (IdMapOption.TryParse(word) is not { } option)
        {
            problems.Add(path, $"{Shown.Quote(word)} is not idmap=uids=FROM-TO-SIZE#…;gids=FROM-TO-SIZE#…");
            return true;
        }

        if (option.HasMaps && (option.Uids.Count == 0 || option.Gids.Count == 0))
        {
            problems.Add(path, $"{Shown.Quote(word)} must map uids and gids: what is not mapped belongs to nobody");
        }

        return option.HasMaps;
    }

    private static void CheckMaps(string path, MountSpec mount, bool mapsInOption, SpecProblems problems)
    {
        if (mapsInOption)
        {
            problems.Add(path, "has maps in its options and in uidMappings or gidMappings: give one of them");
        }

        if (mount.UidMappings.Count == 0 || mount.GidMappings.Count == 0)
        {
            problems.Add(path, "needs uidMappings and gidMappings together: what is not mapped belongs to nobody");
        }

        MappingRules.CheckMap($"{path}.uidMappings", mount.UidMappings, problems);
        MappingRules.CheckMap($"{path}.gidMappings", mount.GidMappings, problems);
    }
}

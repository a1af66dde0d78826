namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.resources: what is wrong whatever the host offers. Whether it can be carried out is the cgroup controllers' question.</summary>
internal static class ResourceRules
{
    private const ushort LowestWeight = 10;
    private const ushort HighestWeight = 1000;

    public static void Check(ResourcesSpec resources, SpecProblems problems)
    {
        CheckDevices(resources.Devices, problems);
        CheckMemory(resources.Memory, problems);
        CheckWeights(resources.BlockIo, problems);
        CheckPageSizes(resources.HugepageLimits, problems);
        foreach ((string file, string value) in resources.Unified)
        {
            if (file is "" or "." or ".." || file.AsSpan().ContainsAny('/', '\n') || value.Contains('\0', StringComparison.Ordinal))
            {
                problems.Add("linux.resources.unified", $"{Shown.Quote(file)} is not the name of a cgroup file");
            }
        }

        if (resources.Network is { } network && (network.ClassId > 0 || network.Priorities.Count > 0))
        {
            problems.Add("linux.resources.network", "cgroup v2 has no net_cls and net_prio; remove it");
        }
    }

    private static void CheckDevices(IReadOnlyList<DeviceRuleSpec> rules, SpecProblems problems)
    {
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Type is not ('a' or 'b' or 'c'))
            {
                problems.Add($"linux.resources.devices[{i}].type", "expected a, b or c");
            }

            if (rules[i].Access.AsSpan().ContainsAnyExcept("rwm"))
            {
                problems.Add($"linux.resources.devices[{i}].access", $"expected letters of \"rwm\", found {Shown.Quote(rules[i].Access)}");
            }
        }
    }

    private static void CheckMemory(MemorySpec? memory, SpecProblems problems)
    {
        CheckBytes("limit", memory?.Limit, problems);
        CheckBytes("reservation", memory?.Reservation, problems);
        CheckBytes("swap", memory?.Swap, problems);
    }

    private static void CheckBytes(string name, long? bytes, SpecProblems problems)
    {
        if (bytes < -1)
        {
            problems.Add($"linux.resources.memory.{name}", $"expected bytes, or -1 for no limit, found {bytes}");
        }
    }

    private static void CheckWeights(BlockIoSpec? io, SpecProblems problems)
    {
        if (io is null)
        {
            return;
        }

        CheckWeight("weight", io.Weight, problems);
        CheckWeight("leafWeight", io.LeafWeight, problems);
        for (int i = 0; i < io.WeightDevice.Count; i++)
        {
            CheckWeight($"weightDevice[{i}].weight", io.WeightDevice[i].Weight, problems);
            CheckWeight($"weightDevice[{i}].leafWeight", io.WeightDevice[i].LeafWeight, problems);
        }
    }

    /// <summary>0 counts as not given: docker sends it for what nobody asked for.</summary>
    private static void CheckWeight(string name, ushort? weight, SpecProblems problems)
    {
        if (weight is not (null or 0 or (>= LowestWeight and <= HighestWeight)))
        {
            problems.Add($"linux.resources.blockIO.{name}", $"expected {LowestWeight} to {HighestWeight}, found {weight}");
        }
    }

    private static void CheckPageSizes(IReadOnlyList<HugepageLimitSpec> limits, SpecProblems problems)
    {
        for (int i = 0; i < limits.Count; i++)
        {
            if (!IsPageSize(limits[i].PageSize))
            {
                problems.Add($"linux.resources.hugepageLimits[{i}].pageSize", $"expected a size as 2MB or 1GB, found {Shown.Quote(limits[i].PageSize)}");
            }
        }
    }

    private static bool IsPageSize(ReadOnlySpan<char> size) =>
        size.Length >= 3 && size[^1] == 'B' && size[^2] is 'K' or 'M' or 'G' && size[0] is >= '1' and <= '9' && !size[..^2].ContainsAnyExceptInRange('0', '9');
}

namespace MiniRun.Linux.Cgroups;

/// <summary>Block I/O: io.weight or io.bfq.weight, io.max. Source: cgroup-v2.rst, "IO"; Documentation/block/bfq-iosched.rst.</summary>
public static class IoController
{
    private const int SmallestWeight = 10;
    private const int LargestWeight = 1000;

    /// <summary>Translates limits to writes.</summary>
    /// <param name="limits">What is asked for.</param>
    /// <param name="bfq">Whether the host weighs with BFQ, whose file takes the weight as it is.</param>
    /// <exception cref="MiniRunException">A weight is out of range, or a leaf weight was asked for.</exception>
    public static IReadOnlyList<CgroupWrite> Translate(IoLimits limits, bool bfq)
    {
        List<CgroupWrite> writes = [];
        AddWeight(writes, "default", limits.Weight, limits.LeafWeight, bfq);
        foreach (DeviceWeight weight in limits.DeviceWeights)
        {
            AddWeight(writes, weight.Device.ToString(), weight.Weight, weight.LeafWeight, bfq);
        }

        AddRates(writes, limits);
        return writes;
    }

    /// <summary>io.weight (1 to 10000) for a v1 weight (10 to 1000), as runc and crun convert it.</summary>
    public static int Weight(int blockIoWeight) => 1 + ((blockIoWeight - SmallestWeight) * 9999 / (LargestWeight - SmallestWeight));

    private static void AddWeight(List<CgroupWrite> writes, string target, ushort? weight, ushort? leafWeight, bool bfq)
    {
        if (leafWeight is not (null or 0))
        {
            throw new MiniRunException("blockIO.leafWeight exists only in cgroup v1: remove it");
        }

        if (weight is null or 0)
        {
            return;
        }

        if (weight is < SmallestWeight or > LargestWeight)
        {
            throw new MiniRunException($"block I/O weight {weight} for {target}: it goes from {SmallestWeight} to {LargestWeight}");
        }

        writes.Add(bfq
            ? new("io.bfq.weight", target + " " + Number.Text(weight.Value))
            : new("io.weight", target + " " + Number.Text(Weight(weight.Value))));
    }

    /// <summary>One line a device: io.max takes one device a write, and all its keys at once.</summary>
    private static void AddRates(List<CgroupWrite> writes, IoLimits limits)
    {
        List<(BlockDevice Device, string Line)> lines = [];
        Merge(lines, "rbps", limits.ReadBytes);
        Merge(lines, "wbps", limits.WriteBytes);
        Merge(lines, "riops", limits.ReadOperations);
        Merge(lines, "wiops", limits.WriteOperations);
        foreach ((_, string line) in lines)
        {
            writes.Add(new("io.max", line));
        }
    }

    private static void Merge(List<(BlockDevice Device, string Line)> lines, string key, IReadOnlyList<DeviceRate> rates)
    {
        foreach (DeviceRate rate in rates)
        {
            string setting = " " + key + "=" + (rate.Rate == 0 ? "max" : Number.Text(rate.Rate));
            int known = lines.FindIndex(line => line.Device == rate.Device);
            if (known < 0)
            {
                lines.Add((rate.Device, rate.Device + setting));
            }
            else
            {
                lines[known] = (rate.Device, lines[known].Line + setting);
            }
        }
    }
}

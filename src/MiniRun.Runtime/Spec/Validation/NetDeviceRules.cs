namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.netDevices. Source: config-linux.md#network-devices; names as the kernel takes them (dev_valid_name).</summary>
internal static class NetDeviceRules
{
    /// <summary>IFNAMSIZ without its NUL.</summary>
    private const int LongestName = 15;

    public static void Check(LinuxSpec linux, SpecProblems problems)
    {
        if (linux.NetDevices.Count == 0)
        {
            return;
        }

        if (!linux.Has(NamespaceType.Network))
        {
            problems.Add("linux.netDevices", "needs a network namespace in linux.namespaces");
        }

        HashSet<string> names = [];
        foreach ((string host, NetDeviceSpec device) in linux.NetDevices)
        {
            string inside = string.IsNullOrEmpty(device.Name) ? host : device.Name;
            if (!IsName(host) || host.Contains('%', StringComparison.Ordinal))
            {
                problems.Add("linux.netDevices", $"{Shown.Quote(host)} cannot be the name of a network device");
            }
            else if (!IsName(inside) || !HasAtMostOneNumber(inside))
            {
                problems.Add($"linux.netDevices.{host}.name", $"{Shown.Quote(inside)} cannot be the name of a network device");
            }
            else if (!inside.Contains('%', StringComparison.Ordinal) && !names.Add(inside))
            {
                problems.Add($"linux.netDevices.{host}.name", $"a second device {Shown.Quote(inside)}");
            }
        }
    }

    private static bool IsName(string name)
    {
        if (name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(name) > LongestName || name is "." or "..")
        {
            return false;
        }

        foreach (char c in name)
        {
            if (c is '/' or ':' || char.IsWhiteSpace(c) || c == '\0')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"%d" once has the kernel find a free number; any other "%" it refuses.</summary>
    private static bool HasAtMostOneNumber(string name)
    {
        int percent = name.IndexOf('%', StringComparison.Ordinal);
        return percent < 0 || (percent == name.LastIndexOf('%') && percent + 1 < name.Length && name[percent + 1] == 'd');
    }
}

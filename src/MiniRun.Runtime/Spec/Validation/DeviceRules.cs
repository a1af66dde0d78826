namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.devices and the device rules of linux.resources. Source: config-linux.md#devices.</summary>
internal static class DeviceRules
{
    /// <summary>The kernel's dev_t has 12 bits for the major and 20 for the minor number.</summary>
    private const long HighestMajor = (1 << 12) - 1;
    private const long HighestMinor = (1 << 20) - 1;

    /// <summary>Type and permission bits of a mode.</summary>
    private const uint ModeBits = 0xFFFF;

    public static void Check(LinuxSpec linux, SpecProblems problems)
    {
        for (int i = 0; i < linux.Devices.Count; i++)
        {
            CheckDevice(i, linux.Devices[i], problems);
        }
    }

    private static void CheckDevice(int index, DeviceSpec device, SpecProblems problems)
    {
        if (PathText.ProblemOfAbsolute(device.Path) is { } wrong)
        {
            problems.Add($"linux.devices[{index}].path", wrong);
        }

        if (device.Type is not ('c' or 'b' or 'u' or 'p'))
        {
            problems.Add($"linux.devices[{index}].type", "expected c, b, u or p");
        }

        if (device.Type != 'p' && (device.Major is < 0 or > HighestMajor || device.Minor is < 0 or > HighestMinor))
        {
            problems.Add($"linux.devices[{index}]", $"no device has the number {device.Major}:{device.Minor}; the highest is {HighestMajor}:{HighestMinor}");
        }

        if (device.FileMode > ModeBits)
        {
            problems.Add($"linux.devices[{index}].fileMode", $"{device.FileMode} is not a mode (in decimal: 438 is 0666)");
        }

        if (device.Uid == uint.MaxValue || device.Gid == uint.MaxValue)
        {
            problems.Add($"linux.devices[{index}]", "4294967295 is no id: for the kernel it means \"leave unchanged\"");
        }
    }
}

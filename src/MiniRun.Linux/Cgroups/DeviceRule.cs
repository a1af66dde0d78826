namespace MiniRun.Linux.Cgroups;

/// <summary>A device rule: type 'c' or 'b', or 'a' for both; null (or negative) numbers are any.</summary>
public readonly record struct DeviceRule(bool Allow, char Type, long? Major, long? Minor, DeviceAccess Access)
{
    /// <summary>Reads "rwm" in any order; not given is all, as in the other runtimes.</summary>
    /// <exception cref="MiniRunException">Another letter.</exception>
    public static DeviceAccess ParseAccess(string text)
    {
        if (text.Length == 0)
        {
            return DeviceAccess.All;
        }

        DeviceAccess access = DeviceAccess.None;
        foreach (char letter in text)
        {
            access |= letter switch
            {
                'r' => DeviceAccess.Read,
                'w' => DeviceAccess.Write,
                'm' => DeviceAccess.Mknod,
                _ => throw new MiniRunException($"device access \"{text}\": it is made of r (read), w (write) and m (mknod)"),
            };
        }

        return access;
    }
}

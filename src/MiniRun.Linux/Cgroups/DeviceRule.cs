namespace MiniRun.Linux.Cgroups;

/// <summary>A device rule: type 'c' or 'b', or 'a' for both; null (or negative) numbers are any.</summary>
public readonly record struct DeviceRule(bool Allow, char Type, long? Major, long? Minor, DeviceAccess Access)
{
    /// <summary>Reads "rwm" in any order.</summary>
    /// <exception cref="MiniRunException">Another letter, or none.</exception>
    public static DeviceAccess ParseAccess(string text)
    {
        DeviceAccess access = DeviceAccess.None;
        foreach (char letter in text)
        {
            access |= letter switch
            {
                'r' => DeviceAccess.Read,
                'w' => DeviceAccess.Write,
                'm' => DeviceAccess.Mknod,
                _ => throw NotAccess(text),
            };
        }

        return access == DeviceAccess.None ? throw NotAccess(text) : access;
    }

    private static MiniRunException NotAccess(string text) => new($"device access \"{text}\": it is made of r (read), w (write) and m (mknod)");
}

namespace MiniRun.Engine.Options;

/// <summary>--device HOST[:INSIDE][:PERMISSIONS]; permissions are r, w and m (mknod).</summary>
public sealed record DeviceMapping(string HostPath, string Path, string Access)
{
    /// <exception cref="OptionException">A path is not absolute, or the permissions are others than r, w, m.</exception>
    public static DeviceMapping Parse(string text, string option)
    {
        string[] parts = text.Split(':');
        string host = parts[0];
        string inside = host;
        string access = "rwm";
        if (parts.Length == 2 && IsAccess(parts[1]))
        {
            access = parts[1];
        }
        else if (parts.Length is 2 or 3)
        {
            inside = parts[1].Length == 0 ? host : parts[1];
            access = parts.Length == 3 ? parts[2] : access;
        }

        if (parts.Length > 3 || !host.StartsWith('/') || !inside.StartsWith('/'))
        {
            throw new OptionException(option, text, "write /dev/HOST[:/dev/INSIDE][:rwm]");
        }

        return IsAccess(access) ? new DeviceMapping(host, inside, access) : throw new OptionException(option, text, $"invalid permissions \"{access}\"; there are r, w and m");
    }

    private static bool IsAccess(string text) => text.Length is > 0 and <= 3 && text.AsSpan().IndexOfAnyExcept("rwm") < 0;
}

namespace MiniRun.Linux.Systemd;

/// <summary>A scope of systemd: a cgroup that systemd makes and knows, for processes it did not start (systemd.scope(5)).</summary>
/// <param name="Unit">"libpod-ID.scope".</param>
/// <param name="Slice">The slice it is in, "machine.slice".</param>
/// <param name="User">Whether it is the user's manager's, not the system's.</param>
public sealed record SystemdScope(string Unit, string Slice, bool User)
{
    private const int LongestUnit = 255;
    private const string SliceEnd = ".slice";

    /// <summary>Reads linux.cgroupsPath in its systemd form, "SLICE:PREFIX:NAME", as runc: an empty slice is system.slice or the user's user.slice.</summary>
    /// <exception cref="MiniRunException">It has another form, or names no slice or unit.</exception>
    public static SystemdScope Parse(string path, bool user)
    {
        string[] parts = path.Split(':');
        if (parts.Length != 3)
        {
            throw new MiniRunException($"linux.cgroupsPath '{OneLine.Of(path)}': expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups (--systemd-cgroup): use that form, or leave the option out");
        }

        string unit = parts[1].Length == 0 ? parts[2] + ".scope" : $"{parts[1]}-{parts[2]}.scope";
        if (parts[2].Length == 0 || parts[2].EndsWith(SliceEnd, StringComparison.Ordinal) || unit.Length > LongestUnit || !IsUnitName(unit))
        {
            throw new MiniRunException($"linux.cgroupsPath '{OneLine.Of(path)}': '{OneLine.Of(unit)}' cannot be a scope's name: use letters, digits and :-_.@\\, at most {LongestUnit} characters, and no slice's name");
        }

        string slice = parts[0].Length > 0 ? parts[0] : user ? "user.slice" : "system.slice";
        _ = PathOfSlice(slice);
        return new SystemdScope(unit, slice, user);
    }

    /// <summary>The scope's cgroup below its manager's own, "/machine.slice/libpod-ID.scope".</summary>
    public string Path => PathOfSlice(Slice) + "/" + Unit;

    /// <summary>A slice's cgroup: "a-b.slice" lies in "a.slice", and "-.slice" is the root (systemd.slice(5)).</summary>
    /// <exception cref="MiniRunException">It is no slice's name.</exception>
    private static string PathOfSlice(string slice)
    {
        if (slice == "-.slice")
        {
            return "";
        }

        string name = slice.EndsWith(SliceEnd, StringComparison.Ordinal) ? slice[..^SliceEnd.Length] : "";
        string path = "";
        string sofar = "";
        foreach (string part in name.Split('-'))
        {
            if (part.Length == 0 || slice.Length > LongestUnit || !IsUnitName(slice))
            {
                throw new MiniRunException($"linux.cgroupsPath: '{OneLine.Of(slice)}' is no slice's name: give one such as machine.slice or machine-web.slice");
            }

            sofar += (sofar.Length > 0 ? "-" : "") + part;
            path += $"/{sofar}{SliceEnd}";
        }

        return path;
    }

    private static bool IsUnitName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !":-_.@\\".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

namespace MiniRun.Runtime.Spec;

/// <summary>Names of kernel parameters as sysctl(8) takes them: "net.ipv4.ip_forward" or "net/ipv4/ip_forward".</summary>
public static class SysctlKey
{
    /// <summary>
    /// The file below /proc/sys, or null where the name has empty, "." or ".." parts. The separator seen first separates; the
    /// other one then stands for it inside a part: "net.ipv4.conf.eth0/1.mtu" is net/ipv4/conf/eth0.1/mtu.
    /// </summary>
    public static string? FileOf(string key)
    {
        int first = key.AsSpan().IndexOfAny('.', '/');
        if (first < 0 || key.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string file = key[first] == '/' ? key : Exchange(key);
        foreach (Range part in file.AsSpan().Split('/'))
        {
            if (file.AsSpan()[part] is "" or "." or "..")
            {
                return null;
            }
        }

        return file;
    }

    private static string Exchange(string key) => string.Create(key.Length, key, static (file, from) =>
    {
        for (int i = 0; i < file.Length; i++)
        {
            file[i] = from[i] switch { '.' => '/', '/' => '.', char other => other };
        }
    });
}

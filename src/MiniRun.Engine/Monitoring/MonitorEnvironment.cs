using System.Collections;
using System.Globalization;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// The environment of a monitor: what minirun reads later, and nothing else. A monitor lives for months, and whatever secret the shell that
/// started it held could be read from its /proc/PID/environ all the time. The container's own variables are in its record already.
/// </summary>
internal static class MonitorEnvironment
{
    /// <summary>The limit of open descriptors that the caller had, and the container's program is to have: the monitor raises its own.</summary>
    private const string Descriptors = "MINIRUN_NOFILE";

    // Helper programs are found in PATH (newuidmap, cp), the rest says where folders, buses and the time zone are.
    private static readonly string[] s_names =
        ["PATH", "HOME", "USER", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "TZ", "TMPDIR"];

    /// <summary>minirun's own variables, those of its test builds too.</summary>
    private const string OwnPrefix = "MINIRUN_";

    /// <summary>What of the caller's environment a monitor gets, as NAME=VALUE.</summary>
    /// <param name="caller">All of it.</param>
    /// <param name="limit">The caller's.</param>
    internal static IReadOnlyList<string> Of(IDictionary caller, DescriptorLimit limit)
    {
        List<string> variables = [string.Create(CultureInfo.InvariantCulture, $"{Descriptors}={limit.Soft}")];
        foreach (DictionaryEntry variable in caller)
        {
            if (variable is { Key: string name, Value: string value } && name != Descriptors && (name.StartsWith(OwnPrefix, StringComparison.Ordinal) || s_names.AsSpan().Contains(name)))
            {
                variables.Add($"{name}={value}");
            }
        }

        return variables;
    }

    /// <summary>In a monitor: the soft limit that its caller had; null elsewhere.</summary>
    internal static ulong? CallersDescriptors() =>
        ulong.TryParse(Environment.GetEnvironmentVariable(Descriptors), NumberStyles.None, CultureInfo.InvariantCulture, out ulong soft) ? soft : null;
}

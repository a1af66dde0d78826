namespace MiniRun.Linux.DBus;

/// <summary>Where a bus listens (D-Bus Specification, "Server Addresses" and "Well-known Message Bus Instances").</summary>
public static class BusAddress
{
    private const string SystemSocket = "/run/dbus/system_bus_socket";

    /// <summary>The path of the system's bus's socket.</summary>
    /// <exception cref="MiniRunException">DBUS_SYSTEM_BUS_ADDRESS names no socket of the file system.</exception>
    public static string OfSystem(Func<string, string?> environment) => FromVariable(environment, "DBUS_SYSTEM_BUS_ADDRESS") ?? SystemSocket;

    /// <summary>The path of the user's bus's socket.</summary>
    /// <exception cref="MiniRunException">There is none: neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR leads to it.</exception>
    public static string OfUser(Func<string, string?> environment) =>
        FromVariable(environment, "DBUS_SESSION_BUS_ADDRESS")
        ?? (environment("XDG_RUNTIME_DIR") is { Length: > 0 } folder
            ? folder + "/bus"
            : throw new MiniRunException("systemd's user manager is reached over D-Bus, and neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR is set: log in to a systemd user session (loginctl enable-linger), or use --cgroup-manager=cgroupfs"));

    /// <summary>The socket's path in an address, "unix:path=/run/user/1000/bus"; of several addresses the first that has one.</summary>
    public static string? PathIn(string address)
    {
        foreach (string one in address.Split(';'))
        {
            if (!one.StartsWith("unix:", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (string option in one[5..].Split(','))
            {
                if (option.StartsWith("path=/", StringComparison.Ordinal))
                {
                    // Bytes other than letters, digits and a few more stand as %41.
                    return Uri.UnescapeDataString(option[5..]);
                }
            }
        }

        return null;
    }

    private static string? FromVariable(Func<string, string?> environment, string name) => environment(name) switch
    {
        null or "" => null,
        string address => PathIn(address) ?? throw new MiniRunException($"{name}: {OneLine.Of(address)} names no socket by its path (unix:path=/…): give one, or use --cgroup-manager=cgroupfs"),
    };
}

namespace MiniRun.Linux.DBus;

/// <summary>A call that the other side answered with an error.</summary>
public sealed class DBusException(string name, string message) : MiniRunException(message)
{
    /// <summary>"org.freedesktop.systemd1.NoSuchUnit".</summary>
    public string Name { get; } = name;
}

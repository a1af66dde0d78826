namespace MiniRun.Linux.Systemd;

/// <summary>A property of a unit and its value, of a type that <see cref="DBus.MessageWriter.Variant"/> writes (org.freedesktop.systemd1(5)).</summary>
public sealed record UnitProperty(string Name, object Value);

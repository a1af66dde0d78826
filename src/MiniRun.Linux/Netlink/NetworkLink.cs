namespace MiniRun.Linux.Netlink;

/// <summary>A network device as its namespace knows it.</summary>
public sealed record NetworkLink(int Index, string Name, bool IsUp);

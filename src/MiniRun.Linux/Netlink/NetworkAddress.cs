namespace MiniRun.Linux.Netlink;

/// <summary>An address of a network device, with the attributes that make it again elsewhere (local, peer, broadcast …), by their IFA_* numbers.</summary>
public sealed record NetworkAddress(byte Family, byte PrefixLength, IReadOnlyList<KeyValuePair<ushort, byte[]>> Attributes);

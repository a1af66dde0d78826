using System.Buffers.Binary;
using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Netlink;

/// <summary>Network devices and their addresses, in the namespace of a socket. Source: rtnetlink(7).</summary>
public static class NetworkLinks
{
    private const ushort RTM_NEWLINK = 16;
    private const ushort RTM_GETLINK = 18;
    private const ushort RTM_NEWADDR = 20;
    private const ushort RTM_GETADDR = 22;
    private const ushort NLM_F_REQUEST = 1;
    private const ushort NLM_F_ACK = 4;
    private const ushort NLM_F_EXCL = 0x200;
    private const ushort NLM_F_DUMP = 0x300;
    private const ushort NLM_F_CREATE = 0x400;
    private const uint IFF_UP = 1;
    private const ushort IFLA_IFNAME = 3;
    private const ushort IFLA_NET_NS_FD = 28;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;
    private const ushort IFA_BROADCAST = 4;
    private const ushort IFA_FLAGS = 8;
    private const ushort IFA_RT_PRIORITY = 9;
    private const uint IFA_F_PERMANENT = 0x80;
    private const uint IFA_F_NOPREFIXROUTE = 0x200;
    private const byte RT_SCOPE_UNIVERSE = 0;
    private const int LinkSize = 16;
    private const int AddressSize = 8;

    /// <summary>The device of a name; null where there is none.</summary>
    /// <exception cref="SyscallException">The kernel refuses.</exception>
    public static NetworkLink? TryFind(RouteSocket socket, string name)
    {
        NetworkLink? found = null;
        RouteMessage request = RouteMessage.Link(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK).With(IFLA_IFNAME, name);
        Errno error = socket.Exchange(request, (type, body) => found = type == RTM_NEWLINK ? LinkOf(body) : found);
        if (error == Errno.ENODEV)
        {
            return null;
        }

        Check(error, "RTM_GETLINK", name);
        return found;
    }

    /// <summary>All devices.</summary>
    /// <exception cref="SyscallException">The kernel refuses.</exception>
    public static IReadOnlyList<NetworkLink> All(RouteSocket socket)
    {
        List<NetworkLink> links = [];
        Errno error = socket.Exchange(RouteMessage.Link(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP), (type, body) =>
        {
            if (type == RTM_NEWLINK)
            {
                links.Add(LinkOf(body));
            }
        });
        Check(error, "RTM_GETLINK", "");
        return links;
    }

    /// <summary>The permanent addresses of global scope: those an administrator gave, which a change of namespace loses.</summary>
    /// <exception cref="SyscallException">The kernel refuses.</exception>
    public static IReadOnlyList<NetworkAddress> PermanentAddresses(RouteSocket socket, NetworkLink link)
    {
        List<NetworkAddress> addresses = [];
        Errno error = socket.Exchange(RouteMessage.Address(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP), (type, body) =>
        {
            if (type == RTM_NEWADDR && body.Length >= AddressSize && body[3] == RT_SCOPE_UNIVERSE && BinaryPrimitives.ReadInt32LittleEndian(body[4..]) == link.Index
                && AddressOf(body) is { } address)
            {
                addresses.Add(address);
            }
        });
        Check(error, "RTM_GETADDR", link.Name);
        return addresses;
    }

    /// <summary>Takes a device down and moves it to another namespace under a name, which may hold one "%d".</summary>
    /// <exception cref="SyscallException">EEXIST: the name is taken there.</exception>
    public static void Move(RouteSocket socket, NetworkLink link, FileDescriptor networkNamespace, string name)
    {
        RouteMessage request = RouteMessage.Link(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, link.Index, 0, IFF_UP)
            .With(IFLA_NET_NS_FD, networkNamespace.Number)
            .With(IFLA_IFNAME, name);
        Errno error = socket.Exchange(request);
        GC.KeepAlive(networkNamespace);
        Check(error, "RTM_NEWLINK", name == link.Name ? link.Name : $"{link.Name} as {name}");
    }

    /// <exception cref="SyscallException">The kernel refuses.</exception>
    public static void SetUp(RouteSocket socket, NetworkLink link) =>
        Check(socket.Exchange(RouteMessage.Link(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, link.Index, IFF_UP, IFF_UP)), "RTM_NEWLINK", $"{link.Name} up");

    /// <exception cref="SyscallException">The kernel refuses.</exception>
    public static void AddAddress(RouteSocket socket, NetworkLink link, NetworkAddress address)
    {
        RouteMessage request = RouteMessage.Address(RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, address.Family, address.PrefixLength, link.Index);
        foreach ((ushort type, byte[] value) in address.Attributes)
        {
            request.With(type, value);
        }

        Check(socket.Exchange(request), "RTM_NEWADDR", link.Name);
    }

    private static NetworkLink LinkOf(ReadOnlySpan<byte> body)
    {
        int index = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
        string name = "";
        RouteAttributes attributes = new(body[LinkSize..]);
        while (attributes.Next())
        {
            if (attributes.Type == IFLA_IFNAME)
            {
                name = Encoding.UTF8.GetString(attributes.Value.TrimEnd((byte)0));
            }
        }

        return new NetworkLink(index, name, (flags & IFF_UP) != 0);
    }

    private static NetworkAddress? AddressOf(ReadOnlySpan<byte> body)
    {
        uint flags = body[2];
        List<KeyValuePair<ushort, byte[]>> kept = [];
        RouteAttributes attributes = new(body[AddressSize..]);
        while (attributes.Next())
        {
            if (attributes.Type == IFA_FLAGS)
            {
                flags = BinaryPrimitives.ReadUInt32LittleEndian(attributes.Value);
            }
            else if (attributes.Type is IFA_ADDRESS or IFA_LOCAL or IFA_BROADCAST or IFA_RT_PRIORITY)
            {
                kept.Add(new(attributes.Type, attributes.Value.ToArray()));
            }
        }

        if ((flags & IFA_F_NOPREFIXROUTE) != 0)
        {
            kept.Add(new(IFA_FLAGS, BitConverter.GetBytes(IFA_F_NOPREFIXROUTE)));
        }

        return (flags & IFA_F_PERMANENT) == 0 ? null : new NetworkAddress(body[0], body[1], kept);
    }

    private static void Check(Errno error, string call, string subject)
    {
        if (error != 0)
        {
            throw new SyscallException(call, subject, error);
        }
    }
}

using System.Globalization;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Netlink;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// Moves network devices of the host into a container that waits for them. What a device loses on the way, its permanent
/// global addresses and its being up, it gets again there. When the container's namespace ends, the kernel moves physical
/// devices back and destroys virtual ones (network_namespaces(7)).
/// </summary>
internal sealed class NetworkDevices : IDisposable
{
    private readonly FileDescriptor _hostNamespace;
    private readonly FileDescriptor _containerNamespace;
    private readonly RouteSocket _host;
    private readonly RouteSocket _container;

    private NetworkDevices(FileDescriptor hostNamespace, FileDescriptor containerNamespace)
    {
        _hostNamespace = hostNamespace;
        _containerNamespace = containerNamespace;
        _host = RouteSocket.Open();
        _container = SeparateThread.Run(() =>
        {
            NamespaceFlags.Enter(containerNamespace, NamespaceFlags.CLONE_NEWNET, "the container's network namespace");
            return RouteSocket.Open();
        });
    }

    /// <summary>Of a container whose init is this process. Holding it keeps the container's network namespace, so that moves can be undone even when init has died.</summary>
    /// <exception cref="LaunchException">The container is in the host's network namespace.</exception>
    public static NetworkDevices Of(int pid)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/ns/net");
        if (FileStatus.Of(path)?.Inode == FileStatus.Of("/proc/self/ns/net")?.Inode)
        {
            throw new LaunchException("linux.netDevices: the container's network namespace is the host's, where the devices are already: give it one of its own");
        }

        return new NetworkDevices(HostFile.Open("/proc/self/ns/net", OpenFlags.O_RDONLY), HostFile.Open(path, OpenFlags.O_RDONLY));
    }

    /// <summary>Carries out one NetDevice step.</summary>
    /// <exception cref="LaunchException">There is no such device.</exception>
    public void Move(LaunchStep step, Undo undo)
    {
        NetworkLink device = NetworkLinks.TryFind(_host, step.Text0)
            ?? throw new LaunchException($"linux.netDevices: the host has no network device '{step.Text0}': correct the name");
        IReadOnlyList<NetworkAddress> addresses = NetworkLinks.PermanentAddresses(_host, device);
        IReadOnlyList<NetworkLink> before = NetworkLinks.All(_container);
        RequireFree(before, step);
        NetworkLink? moved = null;
        undo.Add(() => MoveBack(device, addresses, moved ?? NewOf(before)));
        NetworkLinks.Move(_host, device, _containerNamespace, step.Text1);
        moved = NewOf(before) ?? throw new LaunchException($"linux.netDevices: '{step.Text0}' has vanished on its way into the container");
        Restore(_container, moved, addresses, up: true);
    }

    public void Dispose()
    {
        _host.Dispose();
        _container.Dispose();
        _hostNamespace.Dispose();
        _containerNamespace.Dispose();
    }

    /// <summary>The kernel itself notices a taken name only after the move.</summary>
    private static void RequireFree(IReadOnlyList<NetworkLink> devices, LaunchStep step)
    {
        foreach (NetworkLink device in devices)
        {
            if (device.Name == step.Text1)
            {
                throw new LaunchException($"linux.netDevices: the container has a network device '{step.Text1}' already, so '{step.Text0}' cannot have that name: give it another");
            }
        }
    }

    /// <summary>By what was not there before: its number may have changed, and its name where it was "%d".</summary>
    private NetworkLink? NewOf(IReadOnlyList<NetworkLink> before)
    {
        foreach (NetworkLink device in NetworkLinks.All(_container))
        {
            if (!Knows(before, device))
            {
                return device;
            }
        }

        return null;
    }

    private static bool Knows(IReadOnlyList<NetworkLink> devices, NetworkLink device)
    {
        foreach (NetworkLink known in devices)
        {
            if (known.Index == device.Index)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="moved">Once it is known, that one: what is new later may be a device that the container made, which must not come to the host.</param>
    private void MoveBack(NetworkLink device, IReadOnlyList<NetworkAddress> addresses, NetworkLink? moved)
    {
        if (moved is null)
        {
            return; // it has never left
        }

        NetworkLinks.Move(_container, moved, _hostNamespace, device.Name);
        if (NetworkLinks.TryFind(_host, device.Name) is { } back)
        {
            Restore(_host, back, addresses, device.IsUp);
        }
    }

    private static void Restore(RouteSocket socket, NetworkLink device, IReadOnlyList<NetworkAddress> addresses, bool up)
    {
        foreach (NetworkAddress address in addresses)
        {
            NetworkLinks.AddAddress(socket, device, address);
        }

        if (up)
        {
            NetworkLinks.SetUp(socket, device);
        }
    }
}

using System.Net.Sockets;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>
/// Row 26, CVE-2020-15257: a shim's abstract socket, which no file's mode guards, was reached from a container with the host's network.
/// minirun's are files in folders that are their owner's alone.
/// </summary>
[Collection(AttackTests.Name)]
public sealed class AbstractSocketTests(ContainerHost host)
{
    [Fact]
    public void Nothing_of_minirun_listens_on_an_abstract_socket_and_a_container_with_the_hosts_network_connects_to_nothing()
    {
        using Canaries canaries = new(host);
        HashSet<string> before = Abstract();
        host.Run("run", "-d", "-i", "--name=sockets-kept", "--health-cmd=true", "--health-interval=1s", "busybox", "cat").Succeeded();
        using RunningProgram attached = host.Start("attach", "sockets-kept");
        using RunningProgram inside = host.Start("exec", "-i", "sockets-kept", "sh", "-c", "echo ready; exec cat");
        inside.WaitForOutput("ready");

        // The control: a socket as containerd's shim had it is seen, and connected to.
        using Socket control = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string name = $"minirun-control-{Guid.NewGuid():N}";
        control.Bind(new UnixDomainSocketEndPoint("\0" + name));
        control.Listen();
        AttackedContainer container = new AttackedContainer(host, AttackedContainer.Run, "exec /p/abstract").WithProgram("abstract");
        container.Options.Add("--network=host");
        ProgramResult result = container.Start();
        string[] connected = [.. result.Lines().Where(line => line.Length > 0).Select(line => line["connected ".Length..]).Except(before, StringComparer.Ordinal)];

        Assert.Equal([$"@{name}"], connected);
        Assert.Equal([$"@{name}"], Abstract().Except(before, StringComparer.Ordinal));
        Assert.Contains(File.ReadLines("/proc/net/unix"), line => line.EndsWith("/attach.sock", StringComparison.Ordinal)); // the monitor's, by its path
        host.Run("rm", "-f", "sockets-kept").Succeeded();
    }

    /// <summary>Names of all abstract sockets of this network namespace.</summary>
    private static HashSet<string> Abstract() =>
        [.. File.ReadLines("/proc/net/unix").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 7 && fields[7][0] == '@').Select(fields => fields[7])];
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>sd_notify(3) from a container to the service manager that runs minirun-oci.</summary>
[Collection(ContainerTests.Name)]
public sealed class ReadinessTests(ContainerHost host) : IDisposable
{
    private readonly OciDriver oci = new(host);
    private readonly string folder = host.NewFolder("manager");
    private readonly Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    [Fact]
    public void Run_says_that_the_program_is_ready_once_it_says_so_itself()
    {
        string bundle = Bundle("""say("STATUS=starting"); say("STATUS=up\nREADY=1"); sleep 1""");

        Listening($"run --bundle {bundle} ready").Succeeded();

        Assert.Matches(@"^READY=1\nMAINPID=[1-9][0-9]*\n$", Said());
        Assert.Equal(0, manager.Available);
    }

    [Fact]
    public void Start_returns_when_the_program_is_ready_and_names_it_by_the_hosts_pid()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string bundle = Bundle("""sleep 1; open(F, ">/tmp/ready"); close F; say("READY=1"); sleep 1000""");

        Listening($"create --bundle {bundle} --pid-file {bundle}/pid waiting < /dev/null > /dev/null 2>&1").Succeeded();
        Assert.Equal(0, manager.Available);
        Listening("start waiting").Succeeded();
        oci.Run("exec", "waiting", "/usr/bin/test", "-e", "/tmp/ready").Succeeded();
        Assert.Equal($"READY=1\nMAINPID={File.ReadAllText(bundle + "/pid")}\n", Said());

        oci.Run("delete", "--force", "waiting").Succeeded();
        Directory.Delete(bundle, recursive: true);
        File.Delete(folder + "/socket");
        before.AssertUnchanged(host, "waiting");
    }

    [Fact]
    public void A_program_that_ends_without_a_word_is_not_waited_for_any_longer()
    {
        string bundle = Bundle("exit 3");

        Listening($"run --detach --bundle {bundle} silent < /dev/null > /dev/null 2>&1").Succeeded();
        oci.Run("delete", "--force", "silent").Succeeded();

        Assert.Equal(0, manager.Available);
    }

    [Fact]
    public void The_program_can_change_nothing_beside_its_socket()
    {
        string bundle = Bundle("""exit(open(F, ">/run/notify/mine") || unlink($ENV{NOTIFY_SOCKET}) || !-S $ENV{NOTIFY_SOCKET} ? 1 : 0)""");

        Listening($"run --bundle {bundle} confined").Succeeded();
    }

    public void Dispose()
    {
        manager.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private ProgramResult Listening(string command)
    {
        if (!manager.IsBound)
        {
            manager.Bind(new UnixDomainSocketEndPoint(folder + "/socket"));
            manager.ReceiveTimeout = 20_000;
        }

        return host.Bash($"NOTIFY_SOCKET={folder}/socket {host.MinirunOci} --root {oci.Root} {command}");
    }

    private string Said()
    {
        byte[] bytes = new byte[1000];
        return Encoding.UTF8.GetString(bytes, 0, manager.Receive(bytes));
    }

    /// <summary>A bundle with the host's perl, which knows sockets; `say` sends to the socket that the program is told of.</summary>
    private string Bundle(string script)
    {
        string bundle = oci.Bundle();
        string program = "use Socket; sub say { socket(S, AF_UNIX, SOCK_DGRAM, 0); defined send(S, $_[0], 0, sockaddr_un($ENV{NOTIFY_SOCKET})) or exit 9 } " + script;
        string mounts = string.Join(", ", new[] { "/usr", "/lib", "/lib64" }.Select(folder => string.Create(CultureInfo.InvariantCulture, $"{{destination: \"{folder}\", type: \"bind\", source: \"{folder}\", options: [\"rbind\", \"ro\"]}}")));
        oci.Change(bundle, "", $".process.args = [\"/usr/bin/perl\", \"-e\", {JsonSerializer.Serialize(program)}] | .root = {{path: \"rootfs\", readonly: false}} | .mounts += [{mounts}, {{destination: \"/tmp\", type: \"tmpfs\", source: \"tmpfs\"}}]");
        Directory.CreateDirectory(bundle + "/rootfs");
        return bundle;
    }
}

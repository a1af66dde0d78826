using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What engines and service managers hand over beside the bundle: sockets, a place for the pidfd, names of later kernels.</summary>
[Collection(ContainerTests.Name)]
public sealed class EngineOptionTests(ContainerHost host)
{
    private readonly OciDriver oci = new(host);

    [Fact]
    public void Sockets_of_a_service_manager_reach_the_program_as_its_own()
    {
        string bundle = oci.Bundle("echo $LISTEN_FDS $LISTEN_PID; cat <&3");
        File.WriteAllText($"{bundle}/passed", "from the manager");

        string said = host.Bash($"exec 3< {bundle}/passed; LISTEN_FDS=1 LISTEN_PID=$BASHPID exec {Run(bundle, "activated")}").Succeeded();

        Assert.Equal("1 1\nfrom the manager", said);
    }

    [Fact]
    public void Sockets_meant_for_another_process_are_not_passed()
    {
        string bundle = oci.Bundle("echo \"<$LISTEN_FDS>\"; test ! -e /proc/self/fd/3");

        string said = host.Bash($"exec 3< /dev/null; LISTEN_FDS=1 LISTEN_PID=1 exec {Run(bundle, "not-activated")}").Succeeded();

        Assert.Equal("<>", said);
    }

    [Fact]
    public void A_number_of_sockets_that_is_none_is_refused()
    {
        string bundle = oci.Bundle();

        host.Bash($"LISTEN_FDS=many LISTEN_PID=$BASHPID exec {Run(bundle, "bad-sockets")}").FailedInOneLine(1, "LISTEN_FDS=many");
    }

    [Fact]
    public void An_unknown_capability_is_a_warning_in_the_log_and_the_program_runs()
    {
        string bundle = oci.Bundle("echo ran", ".process.capabilities.bounding += [\"CAP_OF_TOMORROW\"] | .process.capabilities.permitted += [\"CAP_OF_TOMORROW\"]");

        string said = host.Program(host.MinirunOci, "--root", host.State, "--log", $"{bundle}/log", "--log-format=json", "run", "--bundle", bundle, "tomorrow").Succeeded();

        Assert.Equal("ran", said);
        using JsonDocument line = JsonDocument.Parse(Assert.Single(File.ReadAllLines($"{bundle}/log")));
        Assert.Equal("warning", line.RootElement.GetProperty("level").GetString());
        Assert.Equal("ignoring unknown or unavailable capabilities: [CAP_OF_TOMORROW]", line.RootElement.GetProperty("msg").GetString());
    }

    [Fact]
    public void The_debug_log_tells_each_step_and_ends_with_the_error()
    {
        string bundle = oci.Bundle(filter: ".process.args = [\"/no/such\"]");

        host.Program(host.MinirunOci, "--root", host.State, "--log", $"{bundle}/log", "--debug", "run", "--bundle", bundle, "told").FailedInOneLine(1, "/no/such");

        string[] lines = File.ReadAllLines($"{bundle}/log");
        Assert.Contains(lines, line => line.Contains("level=debug msg=\"1  open_tree(", StringComparison.Ordinal) && line.Contains(" µs\"", StringComparison.Ordinal));
        Assert.Contains("level=debug", lines[^2], StringComparison.Ordinal);
        Assert.Contains("level=error", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_pidfd_socket_receives_a_message_with_a_descriptor_of_the_first_process()
    {
        string bundle = oci.Bundle("exec sleep 1007");
        string runAndKill = $$"""
            import signal, socket, subprocess, time
            listener = socket.socket(socket.AF_UNIX)
            listener.bind("{{bundle}}/pidfd.sock")
            listener.listen()
            run = subprocess.Popen("{{Run(bundle, "by-pidfd", $"--pidfd-socket {bundle}/pidfd.sock --pid-file {bundle}/pid")}}".split())
            _, descriptors, _, _ = socket.recv_fds(listener.accept()[0], 100, 1)
            pid = open("{{bundle}}/pid").read()
            while open(f"/proc/{pid}/comm").read() != "sleep\n":
                time.sleep(0.05)
            signal.pidfd_send_signal(descriptors[0], signal.SIGKILL)
            print(run.wait())
            """;

        Assert.Equal("137", host.Program("python3", "-c", runAndKill).Succeeded());
    }

    [Fact]
    public void A_pidfd_socket_where_nobody_listens_fails_the_start_and_leaves_nothing()
    {
        string bundle = oci.Bundle("exec sleep 1008");
        HostSnapshot before = HostSnapshot.Take(host);

        host.Bash(Run(bundle, "no-listener", $"--pidfd-socket {bundle}/nobody")).FailedInOneLine(1, "connect");

        before.AssertUnchanged(host, "a start whose pidfd nobody took");
    }

    private string Run(string bundle, string id, string options = "") => $"{host.MinirunOci} --root {host.State} run --bundle {bundle} {options} {id}";
}

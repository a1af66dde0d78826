using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>The engines' program, driven as engines drive it; runc beside it where both must agree.</summary>
[Collection(ContainerTests.Name)]
public sealed class OciTests(ContainerHost host)
{
    [Fact]
    public void A_created_container_waits_is_started_once_and_is_deleted_when_it_has_ended()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string bundle = Bundle("\"sleep\", \"1006\"");

        // With its streams elsewhere: the container keeps them open after `create` has returned.
        host.Bash($"{host.MinirunOci} --root {host.State} create --bundle {bundle} --pid-file {bundle}/pid waiting < /dev/null > {bundle}/output 2>&1").Succeeded();
        Assert.Contains("\"status\": \"created\"", Oci("state", "waiting").Succeeded(), StringComparison.Ordinal);
        Assert.True(int.TryParse(File.ReadAllText($"{bundle}/pid"), out _), "the pid file is a bare number");
        Oci("start", "waiting").Succeeded();
        Assert.Contains("\"status\": \"running\"", Oci("state", "waiting").Succeeded(), StringComparison.Ordinal);
        Oci("start", "waiting").FailedInOneLine(1);
        Oci("delete", "waiting").FailedInOneLine(1);
        Oci("kill", "waiting", "KILL").Succeeded();
        Eventually.True(() => Oci("state", "waiting").Succeeded().Contains("\"stopped\"", StringComparison.Ordinal), () => "a killed container is stopped");
        Oci("delete", "waiting").Succeeded();

        Oci("state", "waiting").FailedInOneLine(1, "does not exist");
        Directory.Delete(bundle, recursive: true);
        before.AssertUnchanged(host, "a container's whole life");
    }

    [Fact]
    public void The_program_starts_with_the_signals_that_runc_gives_it_whatever_the_caller_ignores()
    {
        string bundle = Bundle("\"grep\", \"^Sig[BIC]\", \"/proc/self/status\"");

        string runcs = host.Bash($"env --default-signal runc --root {host.Scratch}/runc run --bundle {bundle} runcs-signals").Succeeded();
        string ours = host.Bash($"trap '' PIPE HUP; {host.MinirunOci} --root {host.State} run --bundle {bundle} our-signals").Succeeded();

        Assert.Contains("SigIgn:\t0000000000000000", ours, StringComparison.Ordinal);
        Assert.Equal(runcs, ours);
    }

    [Fact]
    public void The_static_program_loads_no_library()
    {
        string bundle = Bundle("\"true\"");
        string calls = Path.Combine(bundle, "calls");

        host.Bash($"strace -f -o {calls} -e trace=open,openat,openat2 {host.MinirunOci} --root {host.State} run --bundle {bundle} loads-nothing").Succeeded();

        string[] opened = File.ReadAllLines(calls);
        Assert.Contains(opened, line => line.Contains("config.json", StringComparison.Ordinal));
        Assert.DoesNotContain(opened, line => line.Contains(".so", StringComparison.Ordinal) || line.Contains("nsswitch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_container_runs_inside_a_privileged_container()
    {
        string bundle = Bundle("\"echo\", \"inside\"", "/sample");
        File.Copy(host.MinirunOci, $"{bundle}/minirun-oci");

        string said = host.Run(
            "run", "--rm", "--privileged", "-v", $"{bundle}:/bundle", "-v", $"{host.Sample}/rootfs:/sample:ro", "busybox",
            "/bundle/minirun-oci", "--root", "/tmp/state", "--cgroup-manager=disabled", "run", "--bundle", "/bundle", "inner").Succeeded();

        Assert.Equal("inside", said);
    }

    private ProgramResult Oci(params string[] arguments)
    {
        return host.Program(host.MinirunOci, ["--root", host.State, .. arguments]);
    }

    private string Bundle(string arguments, string? root = null)
    {
        string bundle = host.NewFolder();
        host.Bash($$"""
            cd {{bundle}}
            "{{host.MinirunOci}}" spec
            sed -i 's|"terminal": *true|"terminal": false|; s|"sh"|{{arguments}}|; s|"path": *"rootfs"|"path": "{{root ?? host.Sample + "/rootfs"}}"|' config.json
            """).Succeeded();
        return bundle;
    }
}

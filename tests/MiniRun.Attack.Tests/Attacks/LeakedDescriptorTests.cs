using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 9, CVE-2024-21626: the working folder is a descriptor of the host's that the runtime still holds.</summary>
[Collection(AttackTests.Name)]
public sealed class LeakedDescriptorTests(ContainerHost host)
{
    private const int Leaked = 10;

    // One of each program's, whose working folder changes.
    private readonly Dictionary<string, AttackedContainer> containers = [];

    // More than init has open; a number beyond is that of no descriptor for either program.
    private const int MostOfInit = 64;

    [Fact]
    public void A_working_folder_on_any_descriptor_is_refused()
    {
        using Canaries canaries = new(host);
        OciBundle bundle = new(host, "echo started; stat -c '%d %i' .; grep . /proc/self/mountinfo");
        for (int descriptor = 3; descriptor <= 1024; descriptor++)
        {
            bundle.Config["process"]!["cwd"] = $"/proc/self/fd/{descriptor}";

            // Not even on a folder of the container's own: one number was taken by the descriptor that was to make it.
            ProgramResult result = bundle.RunByMinirun(host);
            result.FailedInOneLine(1, $"/proc/self/fd/{descriptor}");
            Assert.Equal("", result.Output);
        }
    }

    [Fact]
    public void Minirun_run_refuses_each_as_well()
    {
        using Canaries canaries = new(host);
        for (int descriptor = 3; descriptor <= MostOfInit; descriptor++)
        {
            ProgramResult result = On(AttackedContainer.Run, descriptor).Start();
            result.FailedInOneLine(125, $"/proc/self/fd/{descriptor}");
            Assert.Equal("", result.Output);
        }
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_paths_that_are_resolved_anyhow_start_on_a_descriptor(string program)
    {
        using Canaries canaries = new(host);
        IEnumerable<ProgramResult> results = Enumerable.Range(3, MostOfInit).Select(descriptor => On(program, descriptor).Start(without: "rooted-paths"));

        Assert.Contains(results, result => result.Output == "started\n");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(Leaked)]
    [InlineData(200)]
    [InlineData(1024)]
    public void A_callers_open_root_is_no_working_folder(int descriptor)
    {
        using Canaries canaries = new(host);
        OciBundle bundle = Bundle(canaries);
        foreach (string path in (string[])[$"/proc/self/fd/{descriptor}", $"/proc/1/fd/{descriptor}", "/escape"])
        {
            File.Delete($"{bundle.Root}/escape");
            File.CreateSymbolicLink($"{bundle.Root}/escape", $"/proc/self/fd/{descriptor}");
            bundle.Config["process"]!["cwd"] = path;
            AssertRefused(bundle.RunWithHostRootAt(host, descriptor, host.MinirunOci), canaries);
        }
    }

    [Fact]
    public void Minirun_run_takes_no_such_working_folder_either()
    {
        using Canaries canaries = new(host);
        ProgramResult result = host.Bash($"exec {Leaked}< /; \"$MINIRUN\" run --rm -w /proc/self/fd/{Leaked} busybox cat ./{canaries.AtRoot}");
        AssertRefused(result, canaries);
    }

    [Fact]
    public void Minirun_oci_exec_takes_none_and_hands_on_no_descriptor()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, AttackedContainer.Oci, $"ln -s /proc/self/fd/{Leaked} /escape; echo ready; exec sleep 60");
        using RunningProgram running = container.StartReady();
        ProgramResult[] results = [.. ((string[])["/escape", $"/proc/self/fd/{Leaked}", $"/proc/1/fd/{Leaked}"]).Select(path => WithHostRoot(container.ExecCommand(weakened: false, ["cat", $"./{canaries.AtRoot}"], "--cwd", path)))];
        ProgramResult audit = WithHostRoot(container.ExecCommand(weakened: false, ["ls", "/proc/self/fd"]));
        container.Kill();

        Assert.All(results, result => AssertRefused(result, canaries));
        Assert.Equal(["0", "1", "2", "3"], audit.Lines());
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void A_program_starts_with_its_three_descriptors_alone(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, program, "ls /proc/self/fd");

        Assert.Equal(["0", "1", "2", "3"], WithHostRoot(container.Command()).Lines());
    }

    [Fact]
    public void Exec_through_a_symlink_to_a_descriptor_is_refused()
    {
        using Canaries canaries = new(host);
        using RunningProgram container = host.Start("run", "--rm", "--name=cwd", "busybox", "sh", "-c", $"ln -s /proc/self/fd/{Leaked} /escape; echo ready; while :; do sleep 0.2; done");
        container.WaitForOutput("ready");
        ProgramResult result = host.Bash($"exec {Leaked}< /; \"$MINIRUN\" exec -w /escape cwd cat ./{canaries.AtRoot}");
        ProgramResult audit = host.Bash($"exec {Leaked}< /; \"$MINIRUN\" exec cwd ls /proc/self/fd");
        host.Run("rm", "-f", "cwd").Succeeded();

        AssertRefused(result, canaries);
        Assert.Equal(["0", "1", "2", "3"], audit.Lines());
    }

    [Fact]
    public void Proof_crun_1_8_shows_the_host()
    {
        using Canaries canaries = new(host);
        OciBundle bundle = Bundle(canaries);
        bundle.Config["process"]!["cwd"] = $"/proc/self/fd/{Leaked}";

        Assert.Contains(canaries.Marker, bundle.RunWithHostRootAt(host, Leaked, "crun").Output, StringComparison.Ordinal);
    }

    private OciBundle Bundle(Canaries canaries) => new(host, $"cat ./{canaries.AtRoot}");

    private AttackedContainer On(string program, int descriptor)
    {
        AttackedContainer container = containers.TryGetValue(program, out AttackedContainer? made) ? made : containers[program] = new(host, program, "echo started");
        container.Options.RemoveAll(option => option.StartsWith("--workdir", StringComparison.Ordinal));
        return container.WorkingDirectory($"/proc/self/fd/{descriptor}");
    }

    private ProgramResult WithHostRoot(string[] command) => host.Program("bash", ["-c", $"exec {Leaked}< /; exec \"$@\"", "leak", .. command]);

    private static void AssertRefused(ProgramResult result, Canaries canaries)
    {
        // Refused by minirun: a program that was started and found nothing would say so itself.
        Assert.True(result.Status != 0 && !result.Error.Contains("cat:", StringComparison.Ordinal), result.ToString());
        Assert.DoesNotContain(canaries.Marker, result.Output, StringComparison.Ordinal);
    }
}

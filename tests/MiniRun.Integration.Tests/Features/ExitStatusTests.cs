using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class ExitStatusTests(ContainerHost host)
{
    [Fact]
    public void The_programs_status_is_passed_on()
    {
        Assert.Equal(0, host.Shell("exit 0").Status);
        Assert.Equal(42, host.Shell("exit 42").Status);
    }

    [Fact]
    public void A_program_killed_by_a_signal_ends_with_128_and_its_number()
    {
        Assert.Equal(128 + Kernel.SIGKILL, host.Run("run", "--rm", "--init", "busybox", "sh", "-c", "kill -KILL $$").Status);
    }

    [Fact]
    public void A_missing_program_is_127_and_named()
    {
        host.Run("run", "--rm", "busybox", "no-such-program").FailedInOneLine(127, "no-such-program", "not found");
        host.Run("run", "--rm", "busybox", "/no/such/program").FailedInOneLine(127, "/no/such/program");
    }

    [Fact]
    public void A_program_that_may_not_be_executed_is_126_and_named()
    {
        host.Run("run", "--rm", "busybox", "/etc/passwd").FailedInOneLine(126, "/etc/passwd", "permission denied");
        host.Run("run", "--rm", "busybox", "/etc").FailedInOneLine(126, "/etc");
    }

    [Theory]
    [InlineData("#!/no/interpreter\n", "/no/interpreter")]
    [InlineData("neither a script nor a program", "format")]
    public void A_program_that_the_kernel_cannot_load_says_what_is_missing(string content, string named)
    {
        string folder = host.NewFolder();
        string program = Path.Combine(folder, "program");
        File.WriteAllText(program, content);
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);

        ProgramResult result = host.Run("run", "--rm", "-v", $"{folder}:/p:ro", "busybox", "/p/program");

        Assert.Contains(result.Status, (int[])[126, 127]);
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        result.FailedInOneLine(result.Status);
    }

    [Fact]
    public void A_missing_loader_is_named()
    {
        string folder = host.NewFolder();
        File.Copy("/bin/true", Path.Combine(folder, "true"));
        host.Run("run", "--rm", "-v", $"{folder}:/p:ro", "busybox", "/p/true").FailedInOneLine(127, "/lib64/ld-linux-x86-64.so.2");
    }

    [Fact]
    public void A_program_of_another_architecture_is_named_as_such()
    {
        string folder = host.NewFolder();
        byte[] program = File.ReadAllBytes("/bin/true");
        const int machineOfElfHeader = 18;
        const byte EM_AARCH64 = 183;
        program[machineOfElfHeader] = EM_AARCH64;
        string path = Path.Combine(folder, "foreign");
        File.WriteAllBytes(path, program);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);

        host.Run("run", "--rm", "-v", $"{folder}:/p:ro", "busybox", "/p/foreign").FailedInOneLine(126, "/p/foreign", "aarch64");
    }

    [Theory]
    [InlineData(Kernel.SIGTERM)]
    [InlineData(Kernel.SIGINT)]
    public void Signals_to_minirun_reach_the_program(int signal)
    {
        using RunningProgram container = host.Start(
            "run", "--rm", "busybox", "sh", "-c", $"trap 'echo caught; exit 3' {signal}; echo ready; while :; do sleep 0.1; done");
        container.WaitForOutput("ready");
        container.Signal(signal);
        ProgramResult result = container.Wait();

        Assert.Equal(3, result.Status);
        Assert.Contains("caught", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_reaps_orphans_and_passes_signals_and_status_on()
    {
        Assert.Equal("0", host.Shell("(sleep 0.1 &) ; (sleep 0.1 &) ; sleep 0.5; ps -o stat= | grep -c Z || true", "--init").Succeeded());
        Assert.Equal(7, host.Run("run", "--rm", "--init", "busybox", "sh", "-c", "exit 7").Status);
        using RunningProgram container = host.Start("run", "--rm", "--init", "busybox", "sh", "-c", "echo ready; exec sleep 1004");
        container.WaitForOutput("ready");
        container.Signal(Kernel.SIGTERM);
        Assert.Equal(128 + Kernel.SIGTERM, container.Wait().Status);
    }
}

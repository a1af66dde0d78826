using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 20, CVE-2017-5226: the program types into the terminal it was started from (TIOCSTI).</summary>
[Collection(AttackTests.Name)]
public sealed class TerminalInjectionTests(ContainerHost host)
{
    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void A_program_cannot_type_into_its_callers_terminal(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Typing(program);

        AssertHarmless(InTerminal(container.Command()));
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Nor_can_one_that_exec_starts(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Typing(program);
        container.Script = "echo ready; exec sleep 60";
        using RunningProgram running = container.StartReady();
        string[] options = program == AttackedContainer.Run ? ["-i"] : [];
        string output = InTerminal(container.ExecCommand(weakened: false, ["/p/terminal"], options));
        container.Kill();

        AssertHarmless(output);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_without_a_session_of_its_own_it_has_the_callers_terminal(string program)
    {
        using Canaries canaries = new(host);
        string output = InTerminal(Typing(program).Command(weakened: true), without: "NewSession");

        Assert.Contains("has a controlling terminal", output, StringComparison.Ordinal);

        // Since 6.2 the kernel may refuse it to all but CAP_SYS_ADMIN.
        string legacy = "/proc/sys/dev/tty/legacy_tiocsti";
        if (!File.Exists(legacy) || File.ReadAllText(legacy).Trim() == "1")
        {
            Assert.Contains("\ntyped", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
    }

    private AttackedContainer Typing(string program)
    {
        AttackedContainer container = new AttackedContainer(host, program, "/p/terminal").WithProgram("terminal");
        container.Options.Add("-i");
        return container;
    }

    /// <summary>Runs a command with a terminal of its own (script(1)) as its stdin, stdout and controlling terminal.</summary>
    private string InTerminal(string[] command, string without = "")
    {
        string line = string.Join(' ', command.Select(word => $"'{word}'"));
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", without), new("SHELL", "/bin/bash")], "script", "-qec", line, "/dev/null");
        return program.Wait().Output;
    }

    private static void AssertHarmless(string output)
    {
        Assert.Contains("stdin is a terminal", output, StringComparison.Ordinal);
        Assert.Contains("has no controlling terminal", output, StringComparison.Ordinal);
        Assert.Contains("could not type", output, StringComparison.Ordinal);
    }
}

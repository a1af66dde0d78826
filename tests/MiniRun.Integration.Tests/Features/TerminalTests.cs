using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Containers in a terminal, by the keys that a person presses.</summary>
[Collection(ContainerTests.Name)]
public sealed class TerminalTests(ContainerHost host)
{
    [Fact]
    public void A_shell_knows_the_windows_size_and_its_changes()
    {
        using TerminalWindow window = new(host, 100, 30);
        window.Type($"{host.Minirun} run --rm -it busybox sh");
        window.WaitForPrompt("/ #");
        window.Type("PS1='inside# '");
        window.Type("stty size");
        window.WaitForLine("30 100");
        window.Resize(70, 20);
        window.Type("sleep 0.2; stty size");
        window.WaitForLine("20 70");
        window.Type("exit 3");
        window.WaitForShell();
        window.Type("echo status $?");
        window.WaitForLine("status 3");
    }

    [Fact]
    public void Control_keys_are_the_programs()
    {
        using TerminalWindow window = new(host, 80, 24);
        window.Type($"{host.Minirun} run --rm -it busybox sh");
        window.WaitForPrompt("/ #");
        window.Type("sleep 1000");
        Thread.Sleep(200);
        window.Keys("C-c");
        window.Type("echo interrupted $?");
        window.WaitForLine("interrupted 130");
        window.Type("sleep 1000");
        Thread.Sleep(200);
        window.Keys("C-z");
        window.Type("jobs | grep -c Stopped");
        window.WaitForLine("1");
        window.Type("fg");
        Thread.Sleep(200);
        window.Keys("C-c");
        window.Type("exit");
        window.WaitForShell();
        // The caller's own terminal is as it was: lines are edited and shown again.
        window.Type("echo bacX\u007fk outside");
        window.WaitForLine("back outside");
    }

    [Fact]
    public void The_detach_keys_leave_the_program_which_is_there_on_return()
    {
        using TerminalWindow window = new(host, 80, 24);
        window.Type($"{host.Minirun} run -it --name=kept busybox sh");
        window.WaitForPrompt("/ #");
        window.Type("PS1='inside# '; word=remembered");
        window.WaitForPrompt("inside#");
        window.Keys("C-p", "C-q");
        window.WaitForShell();
        window.Type("echo left with $?");
        window.WaitForLine("left with 0");
        Assert.Contains("Up", host.Run("ps").Succeeded());

        window.Resize(60, 15);
        window.Type($"{host.Minirun} attach kept");
        window.Type("stty size; echo $word");
        window.WaitForLine("15 60");
        window.WaitForLine("remembered");
        window.Keys("C-p"); // alone, it is the shell's: the command before
        window.Keys("Enter");
        window.Type("exit 4");
        window.WaitForShell();
        window.Type("echo status $?");
        window.WaitForLine("status 4");

        window.Type($"{host.Minirun} start -ai --detach-keys ctrl-x kept");
        window.Type("echo started again");
        window.WaitForLine("started again");
        window.Keys("C-x");
        window.WaitForShell();
        window.Type("echo left again");
        window.WaitForLine("left again");
        host.Run("rm", "-f", "kept").Succeeded();
    }

    [Fact]
    public void The_detach_keys_leave_a_program_of_exec_too_and_it_runs_on_without_anybody_who_reads()
    {
        host.Run("run", "-d", "--name=left", "busybox", "sleep", "600").Succeeded();
        using TerminalWindow window = new(host, 80, 24);
        window.Type($"{host.Minirun} exec -it --detach-keys ctrl-x left sh");
        window.WaitForPrompt("/ #");
        // More than the terminal holds: it stands still unless somebody reads. The last word says that it came so far.
        window.Keys("sleep 1; yes | head -c 1000000; touch /came; exec sleep 400", "Enter", "C-x"); // typed at once: what comes before the keys is the program's
        window.WaitForShell();
        window.Type("echo left with $?");
        window.WaitForLine("left with 0");
        Eventually.True(() => host.Run("top", "left").Output.Contains("sleep 400", StringComparison.Ordinal), () => host.Run("top", "left").Output);
        host.Run("exec", "left", "ls", "/came").Succeeded();
        string keeper = $"keep-terminal {host.Run("inspect", "--format={{.Id}}", "left").Succeeded().Trim()}";
        Assert.Equal(0, host.Bash($"pgrep -f '[k]{keeper[1..]}'").Status);

        host.Run("rm", "-f", "left").Succeeded();
        Eventually.True(() => host.Bash($"pgrep -f '[k]{keeper[1..]}'").Status == 1, () => "the terminal's keeper goes on");
    }

    [Fact]
    public void A_terminal_that_closes_does_not_end_a_container()
    {
        using (TerminalWindow window = new(host, 80, 24))
        {
            window.Type($"{host.Minirun} run -it --name=survivor busybox sh");
            window.WaitForPrompt("/ #");
            window.Type("echo ready");
            window.WaitForLine("ready");
        }

        Assert.Contains("Up", host.Run("ps").Succeeded());
        host.Run("rm", "-f", "survivor").Succeeded();
    }

    [Fact]
    public void Two_windows_share_one_program()
    {
        using TerminalWindow first = new(host, 80, 24);
        using TerminalWindow second = new(host, 80, 24);
        first.Type($"{host.Minirun} run --rm -it --name=shared busybox sh");
        first.WaitForPrompt("/ #");
        first.Type("echo one");
        first.WaitForLine("one");
        second.Type($"{host.Minirun} attach shared");
        second.Type("echo from the second");
        first.WaitForLine("from the second");
        second.WaitForLine("from the second");
        first.Type("exit");
        first.WaitForShell();
        second.WaitForShell();
    }

    [Fact]
    public void Following_the_log_ends_with_the_container()
    {
        host.Run("run", "-d", "--name=talker", "busybox", "sh", "-c", "echo first; while [ ! -e /go ]; do sleep 0.05; done; echo last").Succeeded();
        using RunningProgram logs = host.Start("logs", "-f", "talker");
        logs.WaitForOutput("first");
        host.Run("exec", "talker", "touch", "/go").Succeeded();
        Assert.Equal("first\nlast", logs.Wait().Succeeded());
        host.Run("rm", "talker").Succeeded();
    }

    [Fact]
    public void Output_of_any_bytes_comes_as_it_was()
    {
        string file = $"{host.NewFolder()}/bytes";
        byte[] bytes = new byte[3_000_000];
        new Random(5).NextBytes(bytes);
        File.WriteAllBytes(file, bytes);
        string sum = host.Bash($"sha256sum < {file}").Succeeded();
        Assert.Equal(sum, host.Bash($"$MINIRUN run -i --name=bytes busybox cat < {file} | sha256sum; $MINIRUN rm bytes > /dev/null").Succeeded());
        Assert.Equal(sum, host.Bash($"$MINIRUN run --rm -i busybox cat < {file} | sha256sum").Succeeded());
        Assert.Equal(sum, host.Bash($"$MINIRUN create -i --name=bytes busybox cat > /dev/null; $MINIRUN start -ai bytes < {file} | sha256sum; $MINIRUN rm bytes > /dev/null").Succeeded());
    }
}

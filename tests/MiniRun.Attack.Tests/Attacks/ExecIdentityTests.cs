using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 7 and 16: what exec gives a process: CVE-2022-29162 (inheritable capabilities), CVE-2026-30892 (user words).</summary>
[Collection(AttackTests.Name)]
public sealed class ExecIdentityTests(ContainerHost host)
{
    [Fact]
    public void Exec_gives_exactly_the_ids_that_were_asked_for_and_no_inheritable_capability()
    {
        using Canaries canaries = new(host);
        using RunningProgram container = host.Start("run", "--rm", "--name=ids", "busybox", "sh", "-c", "echo ready; while :; do sleep 0.2; done");
        container.WaitForOutput("ready");
        (string User, string Ids)[] rows = [("1", "1"), ("1:2", "1:2"), ("app", "1000"), ("app:2", "1000:2"), ("0", "0"), ("4294967294", "4294967294")];
        List<(string, string)> found = [];
        foreach ((string user, string ids) in rows)
        {
            string wanted = ids.Contains(':', StringComparison.Ordinal) ? "$(id -u):$(id -g)" : "$(id -u)";
            found.Add((user, host.Run("exec", "-u", user, "ids", "sh", "-c", $"echo {wanted}").Succeeded()));
        }

        ProgramResult[] refused = [.. ((string[])["4294967295", "4294967296", "99999999999", "-1", "1:4294967296", "nobody-there", "1:2:3"]).Select(user => host.Run("exec", "-u", user, "ids", "id", "-u"))];
        string inheritable = host.Run("exec", "ids", "sed", "-n", "s/^CapInh:.//p", "/proc/self/status").Succeeded();
        host.Run("rm", "-f", "ids").Succeeded();

        Assert.Equal(rows, found);
        Assert.All(refused, result => Assert.True(result.Status != 0 && result.Output.Length == 0, result.ToString()));
        Assert.Equal("0000000000000000", inheritable);
    }
}

using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 7 and 16: what a process is given: CVE-2022-29162 and 2022-27650 (inheritable capabilities), CVE-2026-30892 (user words).</summary>
[Collection(AttackTests.Name)]
public sealed class ExecIdentityTests(ContainerHost host)
{
    private const string NetRaw = "CAP_NET_RAW";
    private const string Nothing = "0000000000000000";
    private const string OnlyNetRaw = "0000000000002000";

    private static readonly string[] Overflows = ["4294967295", "4294967296", "4294967297", "99999999999", "-1", "1:4294967296", "1:-1", "1:2:3", "0x1", "1 ", ""];

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Exec_gives_exactly_the_ids_that_were_asked_for_or_none(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, program, "echo ready; exec sleep 60");
        using RunningProgram running = container.StartReady();
        (string User, string Ids)[] rows = [("1", "1:0"), ("1:2", "1:2"), ("0", "0:0"), ("4294967294", "4294967294:0"), ("4294967294:4294967294", "4294967294:4294967294")];
        if (program == AttackedContainer.Run)
        {
            // minirun-oci takes numbers only, as runc; without a group a number's is that of the user's line in passwd.
            rows = [.. rows, ("app", "1000:1000"), ("app:2", "1000:2")];
        }

        (string, string)[] found = [.. rows.Select(row => (row.User, container.Exec(["sh", "-c", "echo $(id -u):$(id -g)"], "-u", row.User).Succeeded()))];
        string[] refused = program == AttackedContainer.Run ? ["nobody-there", "app:nobody-there", .. Overflows.Where(word => word.Length > 0)] : ["app", .. Overflows];
        ProgramResult[] refusals = [.. refused.Select(word => container.Exec(["id", "-u"], "-u", word))];
        container.Kill();

        Assert.Equal(rows, found);
        Assert.All(refusals, result => Assert.True(result.Status != 0 && result.Output.Length == 0, result.ToString()));
    }

    [Fact]
    public void Proof_runc_1_1_5_takes_a_number_too_large_for_root()
    {
        using Canaries canaries = new(host);
        OciBundle bundle = new(host, "sleep 60");
        bundle.Write();
        string name = Path.GetFileName(bundle.Folder);
        string runc = $"runc --root {host.Scratch}/runc";
        string uid = host.Bash($"{runc} run --detach --bundle {bundle.Folder} {name} < /dev/null > /dev/null 2>&1; trap '{runc} delete --force {name}' EXIT; {runc} exec -u 4294967296 {name} id -u").Succeeded();

        Assert.Equal("0", uid);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Nothing_is_inheritable_and_a_file_that_inherits_gets_nothing(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithInheritingFile(program);
        container.Script = $"echo first; {ShowCapabilities}; echo ready; exec sleep 60";
        using RunningProgram running = container.StartReady();
        string first = running.Output;
        string executed = container.Exec(["sh", "-c", ShowCapabilities], "-u", "1000").Succeeded();
        container.Kill();

        Assert.Equal($"first\n{Nothing} {Nothing}\nready\n", first);
        Assert.Equal($"{Nothing} {Nothing}", executed);
    }

    [Fact]
    public void Control_where_a_capability_is_asked_for_as_inheritable_the_file_gets_it()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithInheritingFile(AttackedContainer.Oci);
        container.Script = ShowCapabilities;
        foreach (string set in (string[])["inheritable", "permitted", "effective", "bounding"])
        {
            container.Bundle!.Config["process"]!["capabilities"]![set] = new JsonArray(NetRaw);
        }

        Assert.Equal($"{OnlyNetRaw} {OnlyNetRaw}", container.Start().Succeeded());
    }

    [Fact]
    public void Proof_minirun_run_that_keeps_what_took_it_through_the_exec_gives_it_to_the_file()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithInheritingFile(AttackedContainer.Run).InUserNamespace();
        container.Script = ShowCapabilities;
        string[] sets = container.Start(without: "cleared-inheritable,Capabilities,Verify").Succeeded().Split(' ');

        Assert.All(sets, set => Assert.NotEqual(Nothing, set));
    }

    /// <summary>What is inheritable for a shell, and what a file with cap_net_raw+ei then has.</summary>
    private const string ShowCapabilities = "echo $(sed -n 's/^CapInh:.//p' /proc/self/status) $(/busybox-inherits sed -n 's/^CapPrm:.//p' /proc/self/status)";

    private AttackedContainer WithInheritingFile(string program)
    {
        AttackedContainer container = new(host, program, "");
        host.Bash($"cp {container.Root}/bin/busybox {container.Root}/busybox-inherits && setcap cap_net_raw+ei {container.Root}/busybox-inherits").Succeeded();
        container.Options.Add("--user=1000");
        if (container.Bundle is { } bundle)
        {
            bundle.Config["process"]!["user"] = new JsonObject { ["uid"] = 1000, ["gid"] = 1000 };
            bundle.Config["process"]!["noNewPrivileges"] = false;
        }

        return container;
    }
}

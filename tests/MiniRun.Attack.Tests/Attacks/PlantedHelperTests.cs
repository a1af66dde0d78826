using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 24 and 25, CVE-2019-14271 and CVE-2026-41567: libraries and programs that an attacker has planted where a helper would find them.</summary>
[Collection(AttackTests.Name)]
public sealed class PlantedHelperTests(ContainerHost host)
{
    private static readonly string[] s_programs = ["gzip", "gunzip", "unpigz", "pigz", "zstd", "unzstd", "xz", "unxz", "tar"];

    [Theory]
    [InlineData("gzip", "gzip -c")]
    [InlineData("zstd", "zstd -qc")]
    public void No_program_is_looked_up_for_decompression(string name, string compress)
    {
        using Canaries canaries = new(host);
        string folder = Planted(out string marker);
        host.Bash($"cd {folder}; mkdir root; echo x > root/{name}; tar -C root -cf root.tar . && {compress} root.tar > root.tar.z").Succeeded();
        WithPlanted(folder, host.Minirun, "import", $"{folder}/root.tar.z", $"planted-{name}").Succeeded();
        host.Run("rmi", $"planted-{name}").Succeeded();

        Assert.False(File.Exists(marker), "a planted program was run");
    }

    [Fact]
    public void What_would_need_a_program_is_refused()
    {
        using Canaries canaries = new(host);
        string folder = Planted(out string marker);
        File.WriteAllBytes($"{folder}/root.tar.xz", [0xfd, .. "7zXZ\0 and more"u8]);
        WithPlanted(folder, host.Minirun, "import", $"{folder}/root.tar.xz", "planted-xz").FailedInOneLine(1, "compressed with xz");

        Assert.False(File.Exists(marker), "a planted program was run");
    }

    [Fact]
    public void Proof_tar_runs_the_planted_program()
    {
        string folder = Planted(out string marker);
        host.Bash($"cd {folder}; echo x > file; tar -czf file.tar.gz file").Succeeded();
        WithPlanted(folder, "/usr/bin/tar", "-C", folder, "-xzf", $"{folder}/file.tar.gz");

        Assert.True(File.Exists(marker));
    }

    [Fact]
    public void Users_are_looked_up_without_name_service_libraries()
    {
        using Canaries canaries = new(host);
        string opened = Opened("run", "--rm", "--user", "root:root", "--group-add", "root", "busybox", "true");

        Assert.Contains("passwd\"", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("nsswitch.conf", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("libnss", opened, StringComparison.Ordinal);
    }

    [Fact]
    public void Proof_a_program_that_asks_libc_opens_its_configuration()
    {
        string log = $"{host.NewFolder()}/strace";
        host.Program("strace", "-f", "-e", "trace=open,openat,openat2", "-o", log, "getent", "passwd", "root").Succeeded();

        Assert.Contains("nsswitch.conf", File.ReadAllText(log), StringComparison.Ordinal);
    }

    private string Opened(params string[] arguments)
    {
        string log = $"{host.NewFolder()}/strace";
        host.Program("strace", ["-f", "-e", "trace=open,openat,openat2", "-o", log, host.Minirun, .. arguments]).Succeeded();
        return File.ReadAllText(log);
    }

    private string Planted(out string marker)
    {
        string folder = host.NewFolder();
        marker = $"{folder}/was-run";
        foreach (string program in s_programs)
        {
            string path = $"{folder}/bin/{program}";
            Directory.CreateDirectory($"{folder}/bin");
            File.WriteAllText(path, $"#!/bin/sh\necho {program} >> {marker}\nexit 1\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private ProgramResult WithPlanted(string folder, string program, params string[] arguments)
    {
        using RunningProgram running = host.StartWith([new("PATH", $"{folder}/bin:/usr/sbin:/usr/bin:/sbin:/bin")], program, arguments);
        return running.Wait();
    }
}

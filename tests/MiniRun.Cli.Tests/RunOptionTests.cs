using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Cli.Tests;

public sealed class RunOptionTests
{
    private static RunRequest Read(string line)
    {
        DockerCommand command = RunCommand.Declare();
        var options = new RunOptionSet();
        options.AddTo(command);
        Invocation invocation = CommandRunner.Read(command, line.Split(' '), new Terminal(TextWriter.Null, TextWriter.Null));
        return options.Read(invocation.Values);
    }

    [Fact]
    public void The_seeds_strictest_line_is_read_word_for_word()
    {
        RunRequest request = Read("--rm --read-only --tmpfs /tmp:rw,noexec,nosuid --cap-drop=ALL --cap-add=NET_BIND_SERVICE --security-opt=no-new-privileges -m 512m --cpus=0.5 busybox httpd -f -h /www");
        Assert.True(request.Life.Remove);
        Assert.True(request.Files.ReadOnly);
        Assert.Equal(["nodev", "rw", "noexec", "nosuid"], ((TmpfsMount)Assert.Single(request.Files.Mounts)).Options);
        Assert.True(Assert.Single(request.Privilege.Drop).IsAll);
        Assert.Equal("CAP_NET_BIND_SERVICE", Assert.Single(request.Privilege.Add).ToString());
        Assert.True(request.Privilege.Security.NoNewPrivileges);
        Assert.Equal(512L << 20, request.Resources.Memory!.Value.Bytes);
        Assert.Equal(50_000, request.Resources.Cpus!.Value.Quota);
        Assert.Equal("busybox", request.Image);
        Assert.Equal(["httpd", "-f", "-h", "/www"], request.Command);
    }

    [Fact]
    public void Every_option_of_the_program_is_read()
    {
        ProcessChoices process = Read("-it -e A=1 --env B= -w /w -u app:video --group-add 7 --umask 027 --entrypoint sh --ulimit nofile=1:2 --oom-score-adj -5 --stop-signal SIGINT --init img").Process;
        Assert.True(process.Interactive && process.Terminal && process.Init);
        Assert.Equal([new EnvironmentVariable("A", "1"), new EnvironmentVariable("B", "")], process.Environment);
        Assert.Equal(("/w", "app:video", "sh", 23u, -5, 2), (process.WorkingDirectory, process.User, process.Entrypoint, process.Umask!.Value, process.OomScoreAdjust!.Value, process.StopSignal));
        Assert.Equal(["7"], process.AdditionalGroups);
        Assert.Equal("RLIMIT_NOFILE", Assert.Single(process.Ulimits).Type);
    }

    [Fact]
    public void Every_option_of_files_and_namespaces_is_read()
    {
        RunRequest request = Read("--name web -v /a:/b:ro --mount type=tmpfs,dst=/t --device /dev/null:r --shm-size 1m --pid host --ipc host --uts private --network none --cgroupns host --userns private --sysctl net.core.somaxconn=5 --domainname d -h web img");
        Assert.Equal("web", request.Name);
        Assert.Equal(["/b", "/t"], request.Files.Mounts.Select(mount => mount.Destination));
        Assert.Equal(new DeviceMapping("/dev/null", "/dev/null", "r"), Assert.Single(request.Files.Devices));
        Assert.Equal(1L << 20, request.Files.ShmSize!.Value.Bytes);
        NamespaceChoices namespaces = request.Namespaces;
        Assert.Equal(
            (NamespaceChoice.Host, NamespaceChoice.Host, NamespaceChoice.Private, NamespaceChoice.None, NamespaceChoice.Host, NamespaceChoice.Private),
            (namespaces.Pid, namespaces.Ipc, namespaces.Uts, namespaces.Network, namespaces.Cgroup, namespaces.User));
        Assert.Equal(("web", "d"), (namespaces.Hostname, namespaces.Domainname));
        Assert.Equal(new SysctlSetting("net.core.somaxconn", "5"), Assert.Single(namespaces.Sysctls));
    }

    [Fact]
    public void Every_limit_is_read()
    {
        ResourceChoices limits = Read("-m 1g --memory-swap -1 --memory-reservation 512m --cpus 2 -c 512 --cpuset-cpus 0-1 --pids-limit 20 --blkio-weight 300 --device-read-bps /dev/a:1m --device-write-bps /dev/a:2m --device-read-iops /dev/a:3 --device-write-iops /dev/a:4 img").Resources;
        Assert.Equal((1L << 30, -1L, 512L << 20), (limits.Memory!.Value.Bytes, limits.MemorySwap!.Value.Bytes, limits.MemoryReservation!.Value.Bytes));
        Assert.Equal((200_000L, 512UL, "0-1", 20L, (ushort)300), (limits.Cpus!.Value.Quota, limits.CpuShares!.Value, limits.CpusetCpus!, limits.PidsLimit!.Value, limits.BlockIoWeight!.Value));
        Assert.Equal([1UL << 20, 2UL << 20, 3UL, 4UL], new[] { limits.ReadBytesRates, limits.WriteBytesRates, limits.ReadOperationRates, limits.WriteOperationRates }.Select(rates => Assert.Single(rates).Rate));
    }

    [Fact]
    public void Nothing_said_is_nothing_asked()
    {
        RunRequest request = Read("img");
        Assert.Equal(new RunRequest { Image = "img", Command = request.Command, Process = request.Process, Privilege = request.Privilege, Files = request.Files, Life = request.Life }, request);
        Assert.Empty(request.Command);
        Assert.Null(request.Process.User);
        Assert.Equal(new ResourceChoices(), request.Resources);
        Assert.Equal(new NamespaceChoices(), request.Namespaces);
    }

    [Theory]
    [InlineData("--pids-limit 0 img")]
    [InlineData("--pids-limit -1 img")]
    [InlineData("--cpus 0 img")]
    [InlineData("--cpu-shares 0 img")]
    [InlineData("--blkio-weight 0 img")]
    public void Zero_is_no_limit_as_docker_has_it(string line) => Assert.Equal(new ResourceChoices(), Read(line).Resources);

    [Theory]
    [InlineData("--memory lots img", "invalid argument \"lots\" for --memory")]
    [InlineData("--oom-score-adj 1001 img", "from -1000 to 1000")]
    [InlineData("--blkio-weight 5 img", "from 10 to 1000")]
    [InlineData("--cpu-shares 1 img", "from 2 to 262144")]
    [InlineData("--network web img", "--network web: only none, host and private")]
    [InlineData("--stop-signal NOPE img", "NOPE")]
    [InlineData("--name a/b img", "Invalid container name (a/b)")]
    [InlineData("-d -a stdout img", "cannot specify both --attach and --detach")]
    [InlineData("--rm --restart always img", "cannot specify both --restart and --rm")]
    [InlineData("--restart sometimes img", "there are no, on-failure[:COUNT], always and unless-stopped")]
    [InlineData("--restart always:3 img", "maximum retry count can only be used with 'on-failure'")]
    [InlineData("--no-healthcheck --health-retries 2 img", "--no-healthcheck conflicts with --health-* options")]
    [InlineData("--health-interval 10 img", "give a duration of at least 1ms")]
    [InlineData("-p 80:80 img", "nothing to publish")]
    [InlineData("--rm", "requires at least 1 argument")]
    public void A_wrong_value_is_told_in_a_sentence(string line, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<MiniRunException>(() => Read(line)).Message);

    [Fact]
    public void A_variable_without_a_value_takes_the_callers_or_none()
    {
        Environment.SetEnvironmentVariable("MINIRUN_TEST_VARIABLE", "here");
        Assert.Equal(
            [new EnvironmentVariable("MINIRUN_TEST_VARIABLE", "here"), new EnvironmentVariable("MINIRUN_NO_SUCH", null)],
            Read("-e MINIRUN_TEST_VARIABLE -e MINIRUN_NO_SUCH img").Process.Environment);
    }

    [Fact]
    public void A_word_that_begins_with_an_at_sign_is_no_file_of_words() => Assert.Equal(["@/etc/passwd"], Read("img @/etc/passwd").Command);
}

using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Tests;

/// <summary>What is kept of a container must make the same container again: the reader of command lines is the inverse of the writer of words.</summary>
public sealed class RunWordsTests
{
    // Options of the command, not of the container; hidden ones are refused.
    private static readonly string[] s_callers = ["--trace", "--detach-keys", "--sig-proxy", "--cidfile", "--pidfile", "--help", "--env-file", "--label-file"];

    // Each as RunWords writes it; options that exclude each other are in another line.
    private static readonly string[][] s_lines =
    [
        [
            "--name=web", "--pull=never", "--platform=linux/arm64", "--detach", "--restart=on-failure:3", "--stop-timeout=-1", "--label=a=b=c", "--label=empty=",
            "--annotation=x=y", "--log-opt=max-size=1000", "--log-opt=max-file=3", "--health-cmd=test -f /ok", "--health-interval=1000000000ns", "--health-timeout=2000000ns", "--health-start-period=0ns",
            "--health-start-interval=5000000000ns", "--health-retries=0", "--interactive", "--tty", "--env=A=1 2", "--env=GONE", "--env=EMPTY=", "--workdir=/w", "--user=app:video",
            "--group-add=7", "--umask=0027", "--entrypoint=", "--ulimit=nofile=1:2", "--ulimit=core=-1:-1", "--oom-score-adj=-5", "--stop-signal=SIGINT", "--init",
            "--cap-add=CAP_NET_ADMIN", "--cap-drop=ALL", "--privileged", "--security-opt=no-new-privileges", "--security-opt=seccomp=/p,q.json", "--security-opt=apparmor=p",
            "--security-opt=systempaths=unconfined", "--read-only", "--volume=/a:/b:ro,rbind,rslave", "--mount=type=bind,\"source=/c,\"\"d\",target=/e,readonly,bind-nonrecursive,bind-propagation=shared",
            "--mount=type=volume,source=data,target=/v,readonly,volume-nocopy,volume-subpath=a/b,U,idmap",
            "--mount=type=image,source=other:1,target=/i", "--mount=type=bind,source=/f:g,target=/h,readonly,bind-recursive=writable,bind-create-src,bind-propagation=rprivate,U",
            "--tmpfs=/t:nosuid,nodev,exec,size=64m", "--volumes-from=one", "--volumes-from=two:ro", "--device=/dev/null:/dev/x:r", "--shm-size=1m", "--network=none", "--pid=host", "--ipc=private", "--uts=host", "--cgroupns=host",
            "--userns=private", "--hostname=h", "--domainname=d", "--sysctl=net.core.somaxconn=5", "--memory=512m", "--memory-swap=-1", "--memory-reservation=1025b", "--cpus=0.5",
            "--cpu-shares=512", "--cpuset-cpus=0-1,3", "--cpuset-mems=0", "--pids-limit=20", "--blkio-weight=300", "--device-read-bps=/dev/a:1048576", "--device-write-bps=/dev/a:2",
            "--device-read-iops=/dev/a:3", "--device-write-iops=/dev/a:4", "--device-cgroup-rule=c 1:* rw", "--cgroup-conf=memory.high=5", "--cgroup-parent=/a/b", "img", "--rm", "-c", "echo \"$HOME\"",
        ],
        ["--attach=stdout", "--attach=stderr", "--rm", "--log-driver=none", "--no-healthcheck", "img"],
        ["--cpu-period=50000", "--cpu-quota=-1", "img"],
        ["--volume=/anonymous", "--mount=type=volume,target=/its-own", "img"],
        ["img"],
    ];

    [Fact]
    public void Words_that_are_read_are_written_the_same()
    {
        foreach (string[] line in s_lines)
        {
            Assert.Equal(line, RunWords.Of(RunReader.Read(line)));
        }
    }

    /// <summary>Whoever adds an option to `run` and forgets it here, or in RunWords, would lose it when a container is started again.</summary>
    [Fact]
    public void No_option_of_run_is_missing()
    {
        DockerCommand command = RunCommand.Declare();
        new RunOptionSet().AddTo(command);
        HashSet<string> written = [.. s_lines.SelectMany(line => line).Select(word => word.Split('=')[0])];
        IEnumerable<string> missing = command.Options.Where(option => !option.Hidden && !s_callers.Contains(option.Name) && !written.Contains(option.Name)).Select(option => option.Name);
        Assert.Empty(missing);
    }

    [Fact]
    public void A_variable_that_is_taken_away_is_not_the_monitors_own()
    {
        Environment.SetEnvironmentVariable("MINIRUN_TEST_GONE", "here");
        RunRequest request = RunReader.Read(["--env=MINIRUN_TEST_GONE", "img"]);
        Assert.Null(Assert.Single(request.Process.Environment).Value);
    }
}

using System.Runtime.CompilerServices;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Volumes;
using MiniRun.Runtime;

namespace MiniRun.Cli.Tests.Inspection;

/// <summary>Containers as `inspect` shows them, from the words that made them: MINIRUN_UPDATE_GOLDEN=1 writes the files anew.</summary>
public sealed class GoldenInspectTests
{
    private static readonly DateTimeOffset s_created = new(2026, 1, 2, 3, 4, 5, 600, TimeSpan.Zero);
    private static readonly ContainerId s_id = ContainerId.Parse(new string('a', 64));

    // As a container's record has them.
    private static readonly string[] s_all =
    [
        "--detach", "--restart=on-failure:3", "--stop-timeout=7", "--label=b=own", "--annotation=x=y", "--log-opt=max-size=1000", "--health-cmd=test -f /ok", "--health-retries=2",
        "--interactive", "--tty", "--env=A=1 2", "--env=GONE", "--workdir=/w", "--user=app:video", "--group-add=7", "--entrypoint=/own", "--ulimit=nofile=1:2", "--ulimit=core=-1:-1",
        "--oom-score-adj=-5", "--stop-signal=SIGINT", "--init", "--cap-add=CAP_NET_ADMIN", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--security-opt=seccomp=unconfined",
        "--read-only", "--volume=/a:/b:ro,rbind,rslave", "--volume=/a:/plain", "--mount=type=bind,source=/c,target=/e,readonly,bind-nonrecursive", "--mount=type=volume,source=data,target=/v,readonly", "--mount=type=volume,source=data,target=/sub,volume-subpath=a", "--mount=type=image,source=tools,target=/i",
        "--volume=/unnamed", "--volumes-from=other:ro", "--tmpfs=/t:nosuid,size=64m",
        "--device=/dev/null:/dev/x:r", "--shm-size=1m", "--network=host", "--pid=host", "--ipc=private", "--cgroupns=host", "--userns=private", "--hostname=h", "--domainname=d",
        "--sysctl=net.core.somaxconn=5", "--memory=512m", "--memory-reservation=1025b", "--cpus=0.5", "--cpu-shares=512", "--cpuset-cpus=0-1,3", "--cpuset-mems=0", "--device-cgroup-rule=c 1:* rm", "--cgroup-parent=web.slice", "--pids-limit=20", "--blkio-weight=300",
        "--device-read-bps=/dev/a:1048576", "--device-write-iops=/dev/a:4", "img", "arg",
    ];

    private static readonly ImageFacts s_image = new()
    {
        Id = Digest.Parse($"sha256:{new string('b', 64)}", "the image"),
        Layers = ["/data/layers/2/tree", "/data/layers/1/tree"],
        Config = new ImageConfig
        {
            Env = ["PATH=/bin", "A=image"],
            Entrypoint = ["/entry"],
            Cmd = ["serve", "-v"],
            User = "www",
            WorkingDir = "/srv",
            Labels = [KeyValuePair.Create("a", "image's"), KeyValuePair.Create("b", "image's")],
            Volumes = ["/data"],
            ExposedPorts = ["80/tcp"],
            StopSignal = "SIGQUIT",
            Healthcheck = new Healthcheck { Test = ["CMD", "/check"], Interval = 5_000_000_000 },
            OnBuild = ["RUN true"],
        },
    };

    [Fact]
    public void A_running_container_of_every_option() => Check("every-option", Container(
        s_all,
        record => new ContainerSummary(s_id, record, ContainerPhase.Running)
        {
            Pid = 42,
            Started = s_created.AddSeconds(1),
            Life = new ContainerLife { Started = s_created.AddSeconds(1), Restarts = 2, Health = new ContainerHealth { Status = "healthy", Log = [new HealthResult(s_created, s_created.AddSeconds(2), 0, "fine\n")] } },
        }) with
    { Size = new ContainerSize(10, 20), Copied = true });

    [Fact]
    public void A_container_that_has_ended_with_no_option_but_what_its_image_says() => Check("no-option", Container(
        ["img"],
        record => new ContainerSummary(s_id, record, ContainerPhase.Exited)
        {
            Started = s_created,
            Life = new ContainerLife { Started = s_created, Finished = s_created.AddTicks(12345), ExitCode = 137, OutOfMemory = true },
        }));

    [Fact]
    public void A_half_made_container() => Check("half-made", new ContainerDetails
    {
        Summary = new ContainerSummary(s_id, null, ContainerPhase.Dead),
        Record = new ContainerRecord { Id = s_id, Name = "web", Image = "", Command = [], Created = default },
        Request = new RunRequest { Image = "" },
        Image = new ImageFacts(),
        Folder = "/data/containers/a",
        Hostname = "aaaaaaaaaaaa",
    });

    private static ContainerDetails Container(string[] words, Func<ContainerRecord, ContainerSummary> look)
    {
        var record = new ContainerRecord { Id = s_id, Name = "web", Image = "img", Command = ["/entry", "serve", "-v"], Created = s_created, Run = words };
        RunRequest request = RunReader.Read(words);
        return new ContainerDetails
        {
            Summary = look(record),
            Record = record,
            Request = request,
            Mounts = MountPoint.Of(request.Files.Mounts, new VolumeStore(DataRoot.Of("/data", isRoot: true, _ => null))),
            Image = s_image,
            Folder = "/data/containers/a",
            Hostname = "h",
        };
    }

    private static void Check(string name, ContainerDetails container)
    {
        string text = JsonOutput.Indented(json => ContainerJson.Write(json, container));
        string file = Path.Combine(Folder(), $"{name}.json");
        if (Environment.GetEnvironmentVariable("MINIRUN_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}

using System.Text.RegularExpressions;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>
/// What people type every day, one after the other in one story: exit status, and the shape of what is said, as docker's documentation
/// and its own program have them ("minirun" for "docker").
/// </summary>
[Collection(ContainerTests.Name)]
public sealed class EverydayTests(ContainerHost host)
{
    private const string Id = "^[0-9a-f]{64}\n$";
    private const string ShortId = "[0-9a-f]{12}";

    // Command line, exit status, pattern of standard output, part of standard error.
    private static readonly (string Line, int Status, string Output, string Error)[] s_story =
    [
        ("run --rm busybox echo hello", 0, "^hello\n$", ""),
        ("run --rm busybox sh -c 'exit 5'", 5, "^$", ""),
        ("run --rm busybox nosuch", 127, "^$", "executable file not found in $PATH"),
        ("run --rm busybox /etc", 126, "^$", "/etc"),
        ("run --rm --nosuch busybox true", 125, "^$", "unknown flag: --nosuch"),
        ("run", 125, "^$", "requires at least 1 argument"),
        ("run --rm -m 1x busybox true", 125, "^$", "invalid argument \"1x\" for --memory"),
        ("run --rm --name web/1 busybox true", 125, "^$", "Invalid container name (web/1), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
        ("run --rm -w relative busybox true", 125, "^$", "needs to be an absolute path"),
        ("run --rm -e A=1 -e B busybox sh -c 'echo $A$B'", 0, "^1\n$", ""),
        ("run --rm -u 1000:1000 busybox id -u", 0, "^1000\n$", ""),
        ("run --rm -u nobody-here busybox id", 125, "^$", "nobody-here"),
        ("run --rm --entrypoint /bin/echo busybox word", 0, "^word\n$", ""),
        ("run --rm -h box busybox hostname", 0, "^box\n$", ""),
        ("run --rm --restart always busybox true", 125, "^$", "cannot specify both --restart and --rm"),
        ("create --name made busybox true", 0, Id, ""),
        ("start made", 0, "^made\n$", ""),
        ("wait made", 0, "^0\n$", ""),
        ("rm made", 0, "^made\n$", ""),
        ("run -d --name web --label tier=front busybox sh -c 'echo up; exec sleep 1000'", 0, Id, ""),
        ("run -d --name web busybox true", 125, "^$", "The container name \"/web\" is already in use by container"),
        ("ps", 0, $"^CONTAINER ID   IMAGE     COMMAND                  CREATED                  STATUS +PORTS     NAMES\n{ShortId}   busybox   \"sh -c 'echo up; exec…\"|^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n{ShortId} +busybox +\"sh -c", ""),
        ("ps -q", 0, $"^{ShortId}\n$", ""),
        ("ps -q --no-trunc", 0, Id, ""),
        ("ps -a --filter name=web --format '{{.Names}} {{.Image}}'", 0, "^web busybox\n$", ""),
        ("ps --filter label=tier=front -q", 0, $"^{ShortId}\n$", ""),
        ("ps --filter label=tier=back -q", 0, "^$", ""),
        ("ps --filter nosuch=1", 1, "^$", "invalid filter"),
        ("exec web sleep 1", 0, "^$", ""), // until it has said something
        ("logs web", 0, "^up\n$", ""),
        ("logs -n 0 web", 0, "^$", ""),
        ("logs -t web", 0, "^2[0-9-]+T[0-9:.]+Z up\n$", ""),
        ("logs nosuch", 1, "^$", "No such container: nosuch"),
        ("exec web echo inside", 0, "^inside\n$", ""),
        ("exec web sh -c 'exit 9'", 9, "^$", ""),
        ("exec web nosuch", 127, "^$", "executable file not found in $PATH"),
        ("exec nosuch true", 1, "^$", "No such container: nosuch"),
        ("exec -u 1000 web id -u", 0, "^1000\n$", ""),
        ("exec -d web touch /made", 0, "^$", ""),
        ("top web", 0, "^UID +PID +PPID +C +STIME +TTY +TIME +CMD\n(.*\n)*.*sleep 1000\n(.*<defunct>\n)*$", ""),
        ("stats --no-stream web", 0, "^CONTAINER ID +NAME +CPU % +MEM USAGE / LIMIT +MEM % +NET I/O +BLOCK I/O +PIDS *\n[0-9a-f]{12} +web +[0-9.]+% ", "not known of containers"),
        ("stats --no-stream --format '{{.Name}} {{.PIDs}} {{.NetIO}}' web", 0, "^web 1 0B / 0B\n$", "not known of containers"),
        ("stats --no-stream nosuch", 1, "^$", "No such container: nosuch"),
        ("inspect -f '{{.State.Status}} {{.State.Running}} {{.Name}}' web", 0, "^running true /web\n$", ""),
        ("inspect --format '{{json .Config.Labels}}' web", 0, "^{\"tier\":\"front\"}\n$", ""),
        ("inspect nosuch", 1, "^\\[\\]\n$", "no such object: nosuch"),
        ("port web", 0, "^$", ""),
        ("diff web", 0, "^A /made\n$|^(C [^\n]+\n|A [^\n]+\n)*A /made\n", ""),
        ("cp web:/etc/passwd -", 0, "^passwd", ""),
        ("cp web:/nosuch /tmp/nowhere", 1, "^$", "Could not find the file /nosuch in container"),
        ("pause web", 0, "^web\n$", ""),
        ("pause web", 1, "^$", "is already paused"),
        ("unpause web", 0, "^web\n$", ""),
        ("rename web site", 0, "^$", ""),
        ("rm site", 1, "^$", "container is running: stop the container before removing"),
        ("stop -t 0 site", 0, "^site\n$", ""),
        ("ps -a --format '{{.Status}}'", 0, @"^Exited \(137\) .* ago\n$", ""),
        ("exec site true", 1, "^$", "is not running"),
        ("kill site", 1, "^$", "is not running"),
        ("start site", 0, "^site\n$", ""),
        ("kill -s KILL site", 0, "^site\n$", ""),
        ("wait site", 0, "^137\n$", ""),
        ("restart -t 0 site", 0, "^site\n$", ""),
        ("rm -f site", 0, "^site\n$", ""),
        ("rm site", 1, "^$", "No such container: site"),
        ("stop site", 1, "^$", "No such container: site"),
        ("info --format '{{.OSType}} {{.Driver}}'", 0, "^linux overlay\n$", ""),
        ("system info --format '{{.NoSuch}}'", 64, "^$", "NoSuch"),
        ("version --format '{{.Client.Os}} {{.Server.Arch}}'", 0, "^linux (amd64|arm64)\n$", ""),
        ("version --format json", 0, "^{\"Client\":{\"Version\":\"[0-9.]+\",.*},\"Server\":{.*}}\n$", ""),
        ("system df", 0, "^TYPE +TOTAL +ACTIVE +SIZE +RECLAIMABLE\nImages .*\nContainers .*\nLocal Volumes .*\nBuild Cache .*\n$", ""),
        ("events --since 1h --until 0s --filter container=site --filter event=rename --format '{{.Action}} {{.Actor.Attributes.name}}'", 0, "^rename site\n$", ""),
        ("volume create data", 0, "^data\n$", ""),
        ("run --rm -v data:/d busybox sh -c 'echo kept > /d/file'", 0, "^$", ""),
        ("run --rm -v data:/d busybox cat /d/file", 0, "^kept\n$", ""),
        ("volume ls -q", 0, "^data\n$", ""),
        ("system df -v --format '{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}}{{end}}'", 0, "^data 0 5B\n$", ""),
        ("volume rm data", 0, "^data\n$", ""),
        ("volume rm data", 1, "^$", "no such volume"),
        ("nosuch", 125, "^$", "'nosuch' is not a minirun command"),
        ("ps -a", 0, "^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n$", ""),
    ];

    /// <summary>Where podman 4.3 answers another way than docker, and so says nothing about it.</summary>
    private static readonly Dictionary<string, string> s_podmanDiffers = new()
    {
        ["ps"] = "other widths of columns",
        ["ps -a --filter name=web --format '{{.Names}} {{.Image}}'"] = "the image's full name",
        ["logs -n 0 web"] = "-n is --names",
        ["exec -d web touch /made"] = "prints the session's id",
        ["top web"] = "asks for a cgroup, which its containers have not got here",
        ["inspect -f '{{.State.Status}} {{.State.Running}} {{.Name}}' web"] = "names have no slash",
        ["stats --no-stream web"] = "asks for a cgroup",
        ["stats --no-stream --format '{{.Name}} {{.PIDs}} {{.NetIO}}' web"] = "asks for a cgroup",
        ["version --format json"] = "indents it, and has no server",
        ["system df"] = "other columns, and no build cache",
        ["events --since 1h --until 0s --filter container=site --filter event=rename --format '{{.Action}} {{.Actor.Attributes.name}}'"] = "other fields",
        ["system df -v --format '{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}}{{end}}'"] = "no format with -v",
        ["pause web"] = "asks for a cgroup",
        ["unpause web"] = "asks for a cgroup",
        ["rm site"] = "status 2",
        ["info --format '{{.OSType}} {{.Driver}}'"] = "other fields",
        ["system info --format '{{.NoSuch}}'"] = "status 125",
        ["version --format '{{.Client.Os}} {{.Server.Arch}}'"] = "no server",
    };

    [Fact]
    public void What_people_type_every_day_is_answered_as_docker_answers()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        List<string> wrong = [];
        foreach ((string line, int status, string output, string error) in s_story)
        {
            using RunningProgram program = host.StartWith([new("MINIRUN", host.Minirun)], "bash", "-c", $"$MINIRUN {line}");
            ProgramResult result = program.Wait();
            if (result.Status != status || !Regex.IsMatch(result.Output, output) || !result.Error.Contains(error, StringComparison.OrdinalIgnoreCase) || (error.Length == 0 && status == 0 && result.Error.Length > 0))
            {
                wrong.Add($"{line}: wanted {status} [{output}] [{error}], got {result.Status} [{result.Output}] [{result.Error}]");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        before.AssertUnchanged(host, "a day's commands");
    }

    /// <summary>A live program of docker's command line beside the patterns, which could be wrong themselves.</summary>
    [Fact]
    public void Podman_answers_as_the_patterns_say()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = Directory.CreateTempSubdirectory("podman-").FullName; // podman takes no long path
        File.WriteAllText($"{folder}/containers.conf", """
            [containers]
            netns="none"
            cgroups="disabled"
            default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
            [engine]
            cgroup_manager="cgroupfs"
            events_logger="none"
            runtime="crun"
            """);
        string podman = $"export CONTAINERS_CONF={folder}/containers.conf; podman --root {folder}/root --runroot {folder}/run --tmpdir {folder}/tmp --storage-driver vfs";
        host.Bash($"{podman} import -q - docker.io/library/busybox < <(tar -C {host.Data}/samples/busybox/rootfs -c .)").Succeeded();
        try
        {
            List<string> wrong = [];
            HashSet<string> differing = [];
            foreach ((string line, int status, string output, string _) in s_story)
            {
                ProgramResult result = host.Program("bash", "-c", $"{podman} {line}");
                // What podman itself refuses has other numbers than docker's 1 and 125.
                bool agrees = (result.Status == status || (status is 1 or 125 && result.Status is 125 or 126 or 255)) && Regex.IsMatch(result.Output, output);
                if (!agrees && differing.Add(line) && !s_podmanDiffers.ContainsKey(line))
                {
                    wrong.Add($"{line}: wanted {status} [{output}], got {result.Status} [{result.Output}] [{result.Error}]");
                }
            }

            Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
            Assert.Equal([], s_podmanDiffers.Keys.Except(differing));
        }
        finally
        {
            // Each container's conmon starts a podman that clears up after it.
            host.Bash($"({podman} rm -fa -t 0); while pgrep -a 'conmon|podman' | grep -q {folder}; do sleep 0.1; done; ({podman} system reset -f)").Succeeded();
            Directory.Delete(folder, recursive: true);
        }

        before.AssertUnchanged(host, "podman's day");
    }
}

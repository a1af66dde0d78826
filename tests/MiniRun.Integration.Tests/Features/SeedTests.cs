using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>
/// Each command line of the two texts about docker's security that minirun was born from, word for word with `minirun` for `docker`, and
/// what the text says of it. Limits are shown in the VM (vm/seeds.sh), where the kernel has the controllers. What a text says of a
/// container's own IP address and ports waits for bridge networks.
/// </summary>
[Collection(ContainerTests.Name)]
public sealed class SeedTests(ContainerHost host)
{
    private ImageHost Images => host.Seeds.Images;

    [Fact] // docker run ubuntu sleep 3600; ps aux
    public void Sleep_is_pid_1_inside_and_another_pid_on_the_host()
    {
        using Foreground container = Run("sleep", "run", "ubuntu", "sleep", "3600");
        string[] inside = Images.Run("exec", container.Id, "ps", "aux").Lines();
        Assert.Contains(inside, line => line.StartsWith("root ", StringComparison.Ordinal) && line.EndsWith("sleep 3600", StringComparison.Ordinal) && Column(line, 1) == "1");
        Assert.NotEqual(1, container.Program.Pid);
        Assert.StartsWith("root", HostLine(container), StringComparison.Ordinal);
    }

    [Fact] // docker run --user=1000 ubuntu sleep 3600
    public void Sleep_runs_as_user_1000()
    {
        using Foreground container = Run("sleep", "run", "--user=1000", "ubuntu", "sleep", "3600");
        Assert.StartsWith("1000 ", container.Program.Status("Uid"), StringComparison.Ordinal); // ps shows the host's name of it, if there is one
        Assert.Contains(Images.Run("exec", container.Id, "ps", "aux").Lines(), line => line.StartsWith("1000 ", StringComparison.Ordinal) && Column(line, 1) == "1");
    }

    [Fact] // docker build -t my-ubuntu-image . ; docker run my-ubuntu-image sleep 3600
    public void A_built_image_runs_as_its_own_user()
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", "FROM ubuntu\nUSER 1000\n");
        using (RunningProgram build = host.StartWith(Images.Variables, "bash", "-euc", $"cd {folder}; exec {host.Minirun} build -t my-ubuntu-image ."))
        {
            build.Wait().Succeeded();
        }

        using Foreground container = Run("sleep", "run", "my-ubuntu-image", "sleep", "3600");
        Assert.StartsWith("1000 ", container.Program.Status("Uid"), StringComparison.Ordinal); // ps shows the host's name of it, if there is one
    }

    [Fact] // docker run --cap-add MAC_ADMIN ubuntu
    public void A_capability_is_added()
    {
        Images.Run("run", "--cap-add", "MAC_ADMIN", "ubuntu").Succeeded(); // bash, which finds no input
        const int MacAdmin = 33;
        ulong with = Capabilities("--cap-add", "MAC_ADMIN");
        ulong without = Capabilities();
        Assert.Equal(1UL << MacAdmin, with & ~without);
        Assert.Equal(0UL, without & (1UL << 22)); // CAP_SYS_BOOT: root inside cannot reboot the host
        RemoveAll();
    }

    [Fact] // docker exec myapp ps aux; ps aux | grep nginx
    public void Nginx_is_pid_1_inside_and_seen_on_the_host_under_another_pid()
    {
        using Foreground container = Run("nginx", "run", "--name", "myapp", "myapp");
        Assert.Contains(Images.Run("exec", "myapp", "ps", "aux").Lines(), line => Column(line, 1) == "1" && line.Contains("nginx: master process", StringComparison.Ordinal));
        Assert.Contains($" {container.Program.Pid} ", host.Bash("ps aux | grep nginx").Succeeded());
        Assert.NotEqual(1, container.Program.Pid);
    }

    [Fact] // docker run --cap-drop=ALL --cap-add=NET_BIND_SERVICE nginx; docker inspect mycontainer --format='{{.HostConfig.CapDrop}}'
    public void Nginx_serves_with_one_capability_and_inspect_says_which_were_dropped()
    {
        using Foreground container = Run("nginx", "run", "--name=mycontainer", "--cap-drop=ALL", "--cap-add=NET_BIND_SERVICE", "nginx");
        Assert.Equal("0000000000000400", container.Program.Status("CapEff"));
        Assert.Equal("hello from nginx", Get(container));
        Assert.Equal("[ALL]", Images.Run("inspect", "mycontainer", "--format={{.HostConfig.CapDrop}}").Succeeded());
    }

    [Fact] // docker run --read-only nginx
    public void A_read_only_container_can_write_nothing()
    {
        ProgramResult nginx = Images.Run("run", "--read-only", "nginx");
        Assert.NotEqual(0, nginx.Status);
        Assert.Contains("Read-only file system", nginx.Error);
        Assert.Contains("Read-only file system", Images.Run("run", "--read-only", "ubuntu", "rm", "/etc/passwd").Error);
        Images.Run("run", "--read-only", "ubuntu", "cat", "/etc/passwd").Succeeded();
        RemoveAll();
    }

    [Fact] // docker run --read-only --tmpfs /tmp:rw,noexec,nosuid --tmpfs /var/run:rw,noexec,nosuid nginx
    public void Tmpfs_are_the_exceptions_of_a_read_only_container()
    {
        using Foreground container = Run("nginx", "run", "--read-only", "--tmpfs", "/tmp:rw,noexec,nosuid", "--tmpfs", "/var/run:rw,noexec,nosuid", "nginx");
        Assert.Equal("hello from nginx", Get(container));
        Assert.Equal(0, Images.Run("exec", container.Id, "sh", "-c", "echo x > /tmp/x && echo x > /var/run/x").Status);
        Assert.Contains("Permission denied", Images.Run("exec", container.Id, "sh", "-c", "cp /bin/true /tmp/; /tmp/true").Error);
        Assert.Contains("Read-only file system", Images.Run("exec", container.Id, "touch", "/etc/x").Error);
    }

    [Fact] // docker run --security-opt=no-new-privileges myapp; docker inspect mycontainer --format='{{.HostConfig.SecurityOpt}}'
    public void No_new_privileges_is_set_and_shown()
    {
        using Foreground container = Run("nginx", "run", "--name=mycontainer", "--security-opt=no-new-privileges", "myapp");
        Assert.Equal("1", container.Program.Status("NoNewPrivs"));
        Assert.Equal("[no-new-privileges]", Images.Run("inspect", "mycontainer", "--format={{.HostConfig.SecurityOpt}}").Succeeded());
    }

    [Fact] // ./ping google.com
    public void A_setuid_ping_works_without_the_flag_and_not_with_it()
    {
        Images.Run("pull", "-q", "ubuntu").Succeeded();
        string hosts = $"{host.NewFolder()}/hosts";
        File.WriteAllText(hosts, "127.0.0.1 google.com\n");
        // The network namespace is the test's own, in which google.com is this machine. ICMP sockets are for nobody in it, so ping needs a raw one.
        string script = $$"""
            ip link set lo up
            run() { {{host.Minirun}} run --rm --network host -v {{hosts}}:/etc/hosts -u 1000 -w /usr/bin "$@"; }
            run ubuntu timeout -s INT 1 ./ping google.com || true
            echo with the flag
            run --security-opt=no-new-privileges ubuntu ./ping google.com 2>&1 && exit 1
            exit 0
            """;
        using RunningProgram program = host.StartWith(Images.Variables, "unshare", "--net", "bash", "-euc", script);
        string[] parts = program.Wait().Succeeded().Split("with the flag");
        Assert.Contains("64 bytes from google.com (127.0.0.1)", parts[0]);
        Assert.Contains("Operation not permitted", parts[1]);
        Assert.DoesNotContain("bytes from", parts[1], StringComparison.Ordinal);
    }

    private static string Column(string line, int index) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[index];

    /// <summary>The container's program in the host's own ps.</summary>
    private string HostLine(Foreground container) => host.Bash($"ps aux | grep -E '^[^ ]+ +{container.Program.Pid} '").Succeeded();

    private string Get(Foreground container) =>
        host.Bash($"for i in $(seq 100); do nsenter -t {container.Program.Pid} -n busybox wget -qO- http://127.0.0.1:80/ 2> /dev/null && break; sleep 0.05; done").Succeeded();

    private ulong Capabilities(params string[] options) =>
        Convert.ToUInt64(Images.Run(["run", .. options, "ubuntu", "sed", "-n", "s/CapEff:\t//p", "/proc/self/status"]).Succeeded(), 16);

    private Foreground Run(string program, params string[] words) => new(Images, program, words);

    private void RemoveAll() => Foreground.RemoveAll(Images);

    /// <summary>A container run as the text does it, in the foreground, until the test ends.</summary>
    private sealed class Foreground : IDisposable
    {
        private readonly ImageHost images;
        private readonly RunningProgram run;

        public Foreground(ImageHost images, string program, string[] words)
        {
            this.images = images;
            run = images.Start(words);
            Program = HostProcess.FirstOfContainer(program);
            Id = images.Run("ps", "-q").Lines()[0];
        }

        public string Id { get; }

        public HostProcess Program { get; }

        public static void RemoveAll(ImageHost images)
        {
            foreach (string id in images.Run("ps", "-aq").Lines().Where(id => id.Length > 0))
            {
                images.Run("rm", "-f", id).Succeeded();
            }
        }

        public void Dispose()
        {
            RemoveAll(images);
            run.Dispose();
        }
    }
}

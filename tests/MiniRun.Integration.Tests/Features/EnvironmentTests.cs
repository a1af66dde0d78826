using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What a program finds around it: docker's files, variables, folders, volumes and streams.</summary>
[Collection(ContainerTests.Name)]
public sealed class EnvironmentTests(ContainerHost host)
{
    [Fact]
    public void Hostname_hosts_and_resolver_files_are_the_containers_own()
    {
        string[] lines = host.Shell("hostname; cat /etc/hostname; grep -c boxed /etc/hosts; test -f /etc/resolv.conf && echo there", "-h", "boxed").Lines();
        Assert.Equal(["boxed", "boxed", "1", "there"], lines);
        Assert.Equal("corp", host.Shell("cat /proc/sys/kernel/domainname", "--domainname=corp").Succeeded());
    }

    [Fact]
    public void Variables_come_from_image_defaults_options_and_files()
    {
        string file = Path.Combine(host.NewFolder(), "variables");
        File.WriteAllText(file, "# comment\nFROM_FILE=file\n");
        string[] lines = host.Shell("echo $PATH; echo $HOME; echo $GIVEN; echo $FROM_FILE; [ $HOSTNAME = $(hostname) ] && echo same", "-e", "GIVEN=option", "--env-file", file).Lines();
        Assert.Equal(["/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "/root", "option", "file", "same"], lines);
        Assert.Equal("/home/app", host.Shell("echo $HOME", "-u", "app").Succeeded());
    }

    [Fact]
    public void A_missing_working_folder_is_made()
    {
        Assert.Equal("/made/here", host.Shell("pwd", "-w", "/made/here").Succeeded());
    }

    [Fact]
    public void A_volume_shares_files_and_read_only_keeps_them()
    {
        string folder = host.NewFolder();
        File.WriteAllText(Path.Combine(folder, "file"), "from host");
        Assert.Equal("from host", host.Shell("cat /v/file; echo from container > /v/other", "-v", $"{folder}:/v").Succeeded());
        Assert.Equal("from container\n", File.ReadAllText(Path.Combine(folder, "other")));

        ProgramResult refused = host.Shell("echo more > /v/third", "-v", $"{folder}:/v:ro");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("Read-only file system", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_volume_source_is_made_and_a_missing_mount_source_is_an_error()
    {
        string folder = host.NewFolder();
        host.Shell("true", "-v", $"{folder}/made:/v").Succeeded();
        Assert.True(Directory.Exists($"{folder}/made"));

        host.Shell("true", "--mount", $"type=bind,source={folder}/absent,target=/v").FailedInOneLine(125, $"{folder}/absent");
        Assert.False(Directory.Exists($"{folder}/absent"));
    }

    [Fact]
    public void A_tmpfs_mount_has_its_size_and_mode()
    {
        string line = host.Shell("grep ' /t ' /proc/mounts; stat -c %a /t", "--mount", "type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=700").Succeeded();
        Assert.Contains("size=1024k", line, StringComparison.Ordinal);
        Assert.EndsWith("700", line, StringComparison.Ordinal);
        Assert.Contains("size=2048k", host.Shell("grep ' /dev/shm ' /proc/mounts", "--shm-size=2m").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_and_settings_are_the_asked_ones()
    {
        Assert.Equal("100", host.Shell("ulimit -n", "--ulimit", "nofile=100:200").Succeeded());
        Assert.Equal("500", host.Shell("cat /proc/self/oom_score_adj", "--oom-score-adj=500").Succeeded());
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv4/ip_forward", "--sysctl", "net.ipv4.ip_forward=1").Succeeded());
    }

    [Fact]
    public void The_network_is_a_loopback_that_is_up_unless_it_is_the_hosts()
    {
        Assert.Equal("lo 1", host.Shell("echo $(ls /sys/class/net) $(ping -c 1 -W 1 127.0.0.1 | grep -c '1 packets received')", "--cap-add=NET_RAW").Succeeded());
        string own = string.Join(' ', Directory.EnumerateDirectories("/sys/class/net").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(own, host.Shell("echo $(ls /sys/class/net)", "--network=host").Succeeded());
        Assert.Equal("lo", host.Shell("echo $(ls /sys/class/net)", "--network=none").Succeeded());
    }

    [Fact]
    public void Standard_input_is_closed_unless_asked_for()
    {
        using RunningProgram open = host.Start("run", "--rm", "-i", "busybox", "cat");
        open.Input.Write("typed");
        Assert.Equal("typed", open.Wait().Succeeded());

        using RunningProgram closed = host.Start("run", "--rm", "busybox", "sh", "-c", "cat; echo end");
        closed.WaitForOutput("end");
        Assert.Equal("end", closed.Wait().Succeeded());
    }

    [Fact]
    public void The_entrypoint_is_replaced_by_the_option()
    {
        Assert.Equal("a b", host.Run("run", "--rm", "--entrypoint", "/bin/echo", "busybox", "a", "b").Succeeded());
    }

    [Fact]
    public void Minirun_itself_writes_no_escape_sequence_to_a_terminal()
    {
        string output = host.Bash("""script -qec '$MINIRUN ps; $MINIRUN exec nobody true' /dev/null < /dev/null || true""").Output;
        Assert.Contains("CONTAINER ID", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_is_one_inside_and_is_given_back_as_it_was()
    {
        string folder = host.NewFolder();
        string output = host.Bash($"""
            cat > {folder}/session << 'END'
            stty rows 33 cols 77
            stty -a > {folder}/before
            "$MINIRUN" run --rm -it busybox sh -c 'tty; stty size; echo "$TERM"; exit 4'
            echo "status $?"
            stty -a > {folder}/after-exit
            timeout --preserve-status --foreground -s TERM 2 "$MINIRUN" run --rm -it busybox sh -c 'trap "exit 9" TERM; while :; do sleep 0.2; done' && status=0 || status=$?
            echo "status $status"
            stty -a > {folder}/after-signal
            END
            TERM=xterm script -qec "bash {folder}/session" /dev/null < /dev/null
            """).Output.Replace("\r", "", StringComparison.Ordinal).Replace("^@", "", StringComparison.Ordinal);

        Assert.Matches("/dev/(pts/[0-9]+|console)\n33 77\nxterm\nstatus 4\nstatus 9\n", output);
        string before = File.ReadAllText(Path.Combine(folder, "before"));
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "after-exit")));
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "after-signal")));
    }
}

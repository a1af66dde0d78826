using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Volumes as people use them: what stays, what goes, what an empty one begins with, and what a hostile one cannot do.</summary>
[Collection(ContainerTests.Name)]
public sealed class VolumeTests(ContainerHost host) : IDisposable
{
    private const int Killed = 128 + Kernel.SIGKILL;
    private const string Listing = "cd /data && find . | LC_ALL=C sort | xargs stat -c '%n %a %u:%g %F'";

    private readonly ImageHost images = new(host);

    [Fact]
    public void A_named_volume_outlives_its_containers_and_is_not_removed_under_one()
    {
        Load();
        Assert.Equal("notes", images.Run("volume", "create", "--label", "tier=gold", "notes").Succeeded());
        Shell("echo kept > /mnt/file", "-v", "notes:/mnt").Succeeded();
        Assert.Equal("kept", Shell("cat /mnt/file", "--mount", "type=volume,src=notes,dst=/mnt,readonly").Succeeded());
        Assert.Contains("Read-only file system", Shell("touch /mnt/x", "-v", "notes:/mnt:ro").Error, StringComparison.Ordinal);

        string id = images.Run("create", "--name=holder", "-v", "notes:/mnt", "app", "true").Succeeded();
        images.Run("volume", "rm", "notes").FailedInOneLine(1, $"remove notes: volume is in use - [{id}]");
        Assert.Equal("DRIVER    VOLUME NAME\nlocal     notes", images.Run("volume", "ls", "--filter", "name=notes").Succeeded());
        images.Run("rm", "-v", "holder").Succeeded();
        Assert.Equal("notes", images.Run("volume", "ls", "-q", "--filter", "label=tier=gold").Succeeded());
        Assert.Contains($"\"Mountpoint\": \"{images.Data}/volumes/notes/_data\"", images.Run("volume", "inspect", "notes").Succeeded(), StringComparison.Ordinal);
        Assert.Equal("notes", images.Run("volume", "rm", "notes").Succeeded());
        ProgramResult gone = images.Run("volume", "inspect", "notes");
        Assert.Equal((1, "[]\n"), (gone.Status, gone.Output));
        images.Run("volume", "rm", "notes").FailedInOneLine(1, "get notes: no such volume");
        images.Run("volume", "rm", "-f", "notes").Succeeded();
    }

    [Fact]
    public void An_empty_volume_begins_with_the_images_files_once_and_links_lead_nowhere()
    {
        Load();
        string[] expected = Shell(Listing + "; readlink link; cat file", "--tmpfs", "/anon").Lines();
        Assert.Contains("./sub/deep 640 7:8 regular file", expected);
        Assert.DoesNotContain(expected, line => line.StartsWith("./gone", StringComparison.Ordinal));
        Assert.Equal(expected, Shell(Listing + "; readlink link; cat file; echo changed > file", "-v", "data:/data").Lines());
        Assert.Equal("changed", Shell("cat /data/file", "-v", "data:/data").Succeeded());
        Assert.Equal("", Shell("ls /data", "-v", "other:/data:nocopy").Succeeded());

        // "/escape" is a link to "/../../../data": inside the image that is its own /data.
        Assert.Contains("file", Shell("ls /escape/", "-v", "through:/escape").Lines());
        Shell("true", "-v", "file:/data/file").FailedInOneLine(125, "cannot mount volume over existing file, file exists /data/file");
    }

    [Fact]
    public void Anonymous_volumes_go_with_rm_and_rm_v_and_stay_otherwise()
    {
        Load();
        HostSnapshot before = HostSnapshot.Take(host);
        Shell("echo x > /anon/x; echo x > /more/x", "-v", "/more").Succeeded();
        images.Run("create", "--name=one", "app", "true").Succeeded();
        string name = images.Run("volume", "ls", "-q").Succeeded();
        Assert.Matches("^[0-9a-f]{64}$", name);
        images.Run("rm", "-v", "one").Succeeded();
        Assert.Equal("", images.Run("volume", "ls", "-q").Succeeded());

        images.Run("create", "--name=two", "-v", "/anon", "app", "true").Succeeded();
        images.Run("rm", "two").Succeeded();
        images.Run("volume", "create", "named").Succeeded();
        string left = images.Run("volume", "ls", "-q", "-f", "name=0", "-f", "name=1", "-f", "name=2", "-f", "name=3").Succeeded();
        Assert.Equal($"Deleted Volumes:\n{left}\n\nTotal reclaimed space: 0B", images.Run("volume", "prune", "-f").Succeeded());
        Assert.Contains("named", images.Run("volume", "prune", "-a", "-f").Succeeded(), StringComparison.Ordinal);
        before.AssertUnchanged(host, "anonymous volumes");
    }

    [Fact]
    public void A_container_that_is_started_again_finds_its_anonymous_volume_again()
    {
        Load();
        images.Run("create", "--name=again", "app", "sh", "-c", "echo x >> /anon/runs; wc -l < /anon/runs").Succeeded();
        Assert.Equal("1", images.Run("start", "-a", "again").Succeeded());
        Assert.Equal("2", images.Run("start", "-a", "again").Succeeded());
        images.Run("run", "-d", "--rm", "--name=brief", "app", "true").Succeeded();
        Eventually.True(() => images.Run("volume", "ls", "-q").Lines().Length == 1, () => images.Run("volume", "ls").Output);
        images.Run("rm", "-v", "again").Succeeded();
    }

    [Fact]
    public void Volumes_of_another_container_are_taken_over()
    {
        Load();
        string folder = host.NewFolder();
        images.Run("create", "--name=first", "-v", "data:/data", "-v", $"{folder}:/host", "app", "true").Succeeded();
        images.Run("cp", "/etc/hostname", "first:/anon/x").FailedInOneLine(1, "in the mount /anon"); // the image's VOLUME: nothing goes below it unseen
        Assert.Equal("yes", Shell("echo yes > /anon/a; echo yes > /host/h; cat /anon/a", "--volumes-from", "first").Succeeded());
        Assert.True(File.Exists($"{folder}/h"));
        Assert.Equal("yes", Shell("cat /anon/a", "--volumes-from", "first:ro").Succeeded()); // --rm of the first taker has not taken it away
        Assert.Contains("Read-only", Shell("touch /anon/b", "--volumes-from", "first:ro").Error, StringComparison.Ordinal);
        Shell("true", "--volumes-from", "nobody").FailedInOneLine(125, "nobody");
        images.Run("rm", "-v", "first").Succeeded();
        Assert.Equal("data", images.Run("volume", "ls", "-q").Succeeded());
    }

    [Fact]
    public void With_a_user_namespace_the_files_belong_to_the_containers_users_and_so_without()
    {
        Load();
        Assert.Equal("7:8", Shell("stat -c %u:%g /data/sub/deep; touch /data/mine", "--userns=private", "-v", "data:/data").Succeeded());
        Assert.Equal("7:8 0:0", Shell("echo $(stat -c %u:%g /data/sub/deep /data/mine)", "-v", "data:/data").Succeeded());
        Assert.Equal("0:0", Shell("stat -c %u:%g /data/mine", "--userns=private", "-v", "data:/data").Succeeded());
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/file", "");
        Assert.Equal("65534", Shell("stat -c %u /mnt/file", "--userns=private", "-v", $"{folder}:/mnt").Succeeded());
        Assert.Equal("0", Shell("stat -c %u /mnt/file", "--userns=private", "-v", $"{folder}:/mnt:idmap").Succeeded());
        Assert.Equal("9 9", Shell("echo $(stat -c %u /mnt /mnt/file)", "--userns=private", "-u", "9", "-v", $"{folder}:/mnt:U").Succeeded());
        Shell("true", "-v", "/etc/apt:/mnt:U").FailedInOneLine(125, "chown", "refused");
        Shell("true", "-v", $"{folder}:/mnt:idmap").FailedInOneLine(125, "idmap", "--userns=private");
    }

    [Fact]
    public void A_subpath_is_followed_inside_the_volume_only()
    {
        Load();
        Shell("mkdir -p /mnt/a/b; echo in > /mnt/a/b/f; ln -s / /mnt/root; ln -s ../../../../.. /mnt/up; ln -s /a/b /mnt/inside", "-v", "vol:/mnt").Succeeded();
        Assert.Equal("in", Shell("cat /x/f", "--mount", "type=volume,src=vol,dst=/x,volume-subpath=a/b").Succeeded());
        Assert.Equal("in", Shell("cat /x/f", "--mount", "type=volume,src=vol,dst=/x,volume-subpath=inside").Succeeded());
        Assert.Equal("a", Shell("ls /x | head -n1", "--mount", "type=volume,src=vol,dst=/x,volume-subpath=root").Succeeded());
        Assert.Equal("a", Shell("ls /x | head -n1", "--mount", "type=volume,src=vol,dst=/x,volume-subpath=up").Succeeded());
        Shell("true", "--mount", "type=volume,src=vol,dst=/x,volume-subpath=none").FailedInOneLine(125, "volume-subpath", "none");
    }

    [Fact]
    public void Driver_options_are_a_folder_of_the_host_or_memory()
    {
        Load();
        string folder = host.NewFolder();
        images.Run("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", $"device={folder}", "here").Succeeded();
        Shell("echo there > /mnt/f", "-v", "here:/mnt").Succeeded();
        Assert.Equal("there\n", File.ReadAllText($"{folder}/f"));
        images.Run("volume", "rm", "here").Succeeded();
        Assert.True(File.Exists($"{folder}/f"));
        images.Run("volume", "create", "-o", "type=tmpfs", "-o", "device=tmpfs", "-o", "o=size=1m", "fast").Succeeded();
        Assert.Matches("^tmpfs .*size=1024k", Shell("grep ' /data ' /proc/mounts | cut -d' ' -f3-; test -e /data/file", "-v", "fast:/data").Succeeded());
        images.Run("volume", "create", "-o", "type=nfs", "-o", "device=:/x").FailedInOneLine(1, "type=nfs");
    }

    [Fact]
    public void Another_images_files_are_mounted_read_only_and_keep_it_from_being_removed()
    {
        Load();
        Assert.Equal("file", Shell("ls /other/data | grep file", "--mount", "type=image,src=app,dst=/other").Succeeded());
        Assert.Equal("no", Shell("ls /other/data/gone 2> /dev/null || echo no", "--mount", "type=image,src=app,dst=/other").Succeeded());
        Assert.Contains("Read-only", Shell("touch /other/data/x", "--mount", "type=image,src=app,dst=/other").Error, StringComparison.Ordinal);
        Assert.Equal("7", Shell("stat -c %u /other/data/sub/deep", "--userns=private", "--mount", "type=image,src=app,dst=/other").Succeeded());
    }

    [Fact]
    public void Containers_that_make_one_volume_at_once_all_have_it_whole()
    {
        Load();
        RunningProgram[] all = [.. Enumerable.Range(0, 6).Select(i => images.Start("run", "--rm", "-v", "data:/data", "--tmpfs", "/anon", "app", "sh", "-c", $"cat /data/file /data/sub/deep > /data/seen-{i} && cat /data/seen-{i}"))];
        foreach (RunningProgram program in all)
        {
            using (program)
            {
                Assert.Equal("words\ndeep", program.Wait().Succeeded());
            }
        }

        Assert.Equal("data", images.Run("volume", "ls", "-q").Succeeded());
    }

    [Theory]
    [InlineData("VolumeWritten")]
    [InlineData("VolumeNamed")]
    [InlineData("VolumeFilling")]
    public void A_container_killed_while_its_volume_is_made_leaves_what_the_next_commands_use(string point)
    {
        Load();
        Assert.Equal(Killed, images.RunWithFault($"launcher:{point}", "run", "--rm", "--name=dead", "-v", "data:/data", "--tmpfs", "/anon", "app", "true").Status);
        images.Run("volume", "ls").Succeeded();
        Assert.Contains("words", Shell("cat /data/file; echo more > /data/file", "-v", "data:/data").Succeeded(), StringComparison.Ordinal);
        Assert.Equal("more", Shell("cat /data/file", "-v", "data:/data").Succeeded());
        images.Run("volume", "rm", "data").FailedInOneLine(1, "volume is in use");
        images.Run("rm", "-f", "-v", "dead").Succeeded();
        images.Run("volume", "rm", "data").Succeeded();
        Assert.Equal([".lock"], Directory.EnumerateFileSystemEntries($"{images.Data}/volumes").Select(Path.GetFileName));
    }

    [Fact]
    public void A_removal_that_was_killed_is_done_with_the_next_one()
    {
        Load();
        images.Run("volume", "create", "data").Succeeded();
        Assert.Equal(Killed, images.RunWithFault("launcher:VolumeUnnamed", "volume", "rm", "data").Status);
        Assert.Equal("", images.Run("volume", "ls", "-q").Succeeded());
        images.Run("volume", "prune", "-f").Succeeded();
        Assert.Equal([".lock"], Directory.EnumerateFileSystemEntries($"{images.Data}/volumes").Select(Path.GetFileName));
    }

    public void Dispose() => images.Dispose();

    private ProgramResult Shell(string script, params string[] options) => images.Run(["run", "--rm", .. options, "app", "sh", "-c", script]);

    /// <summary>The image "app": /data of two layers, /anon a volume of its own.</summary>
    private void Load()
    {
        string lower = host.NewFolder("lower");
        string upper = host.NewFolder("upper");
        host.Bash($"""
            cd {lower}; mkdir -p data/sub anon; echo words > data/file; echo gone > data/gone; echo deep > data/sub/deep
            ln -s /etc/passwd data/link; ln -s /../../../data escape; mkfifo data/pipe; chmod 620 data/pipe
            chown 7:8 data/sub/deep; chmod 640 data/sub/deep; chmod 1777 data
            cd {upper}; mkdir data; touch data/.wh.gone data/new; chmod 1777 data
            """).Succeeded();
        // By tar: .NET's packer leaves out what begins with a dot, and so whiteouts.
        host.Bash($"for layer in {lower} {upper}; do tar --numeric-owner -C $layer -cf $layer.tar .; done").Succeeded();
        OciImageFolder image = TestImages.Begin(host).Layer(File.ReadAllBytes($"{lower}.tar")).Layer(File.ReadAllBytes($"{upper}.tar"));
        string source = image.Finish("""{"Env":["PATH=/bin:/usr/bin"],"Cmd":["sh"],"Volumes":{"/anon":{}}}""");
        TestImages.Load(host, images, source, "app:latest");
        host.Bash($"rm -rf {lower}* {upper}*").Succeeded();
        images.Run("run", "--rm", "app", "true").Succeeded(); // what the first run makes and keeps
    }
}

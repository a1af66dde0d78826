using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>mounts[]: what each option does, seen inside; crun beside it where it can do the same.</summary>
[Collection(ContainerTests.Name)]
public sealed class MountTests(ContainerHost host)
{
    private const string Listing = "cd /made && find . | LC_ALL=C sort | xargs stat -c '%n %a %u %g %F %Y'";

    [Fact]
    public void A_tmpfs_with_tmpcopyup_starts_as_what_it_covers_and_leaves_that_alone()
    {
        OciBundle bundle = Covering(Listing + "; touch new; ls", "[\"tmpcopyup\"]");
        string before = OnHost(bundle);

        string inside = bundle.Run().Succeeded();

        Assert.Equal(before, inside[..Math.Min(before.Length, inside.Length)]);
        Assert.Contains("\nnew\n", inside, StringComparison.Ordinal);
        Assert.Equal(before, OnHost(bundle));
    }

    [Fact]
    public void A_copied_programs_capabilities_come_along()
    {
        OciBundle bundle = Covering("/made/grep CapEff /proc/self/status", "[\"tmpcopyup\"]");
        host.Bash($"cp {bundle.Root}/bin/busybox {bundle.Root}/made/grep && setcap cap_kill+ep {bundle.Root}/made/grep").Succeeded();
        bundle.Config["process"]!["noNewPrivileges"] = false;
        bundle.Config["process"]!["user"] = System.Text.Json.Nodes.JsonNode.Parse("""{"uid": 1000, "gid": 1000}""");

        Assert.Equal("CapEff:\t0000000000000020", bundle.Run().Succeeded());
    }

    [Fact]
    public void A_copy_may_be_read_only()
    {
        ProgramResult result = Covering("cat /made/file && touch /made/new", "[\"tmpcopyup\", \"ro\"]").Run();

        Assert.Equal("words\n", result.Output);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_does_not_fit_fails_and_leaves_nothing()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        OciBundle bundle = Covering("true", "[\"tmpcopyup\", \"size=64k\"]");
        host.Bash($"head -c 1000000 /dev/zero > {bundle.Root}/made/large").Succeeded();

        bundle.Run().FailedInOneLine(1, "copy large", "no space left", "mounts[7]");
        Directory.Delete(bundle.Folder, recursive: true);
        before.AssertUnchanged(host, "a copy that did not fit");
    }

    [Fact]
    public void A_link_at_the_destination_stays_inside_the_root()
    {
        OciBundle bundle = new(host, "ls /made/");
        host.Bash($"ln -s {bundle.Folder} {bundle.Root}/made").Succeeded();
        bundle.Mount("""{"destination": "/made", "type": "tmpfs", "source": "tmpfs", "options": ["tmpcopyup"]}""");

        // The host's folder of that path holds config.json; the root has none such, so there is nothing to copy.
        Assert.Equal("", bundle.Run().Succeeded());
    }

    [Theory]
    [InlineData("rro", "ro")]
    [InlineData("rnosuid", "nosuid")]
    [InlineData("rnodev", "nodev")]
    [InlineData("rnoexec", "noexec")]
    [InlineData("rnoatime", "noatime")]
    [InlineData("rnosymfollow", "nosymfollow")]
    public void Recursive_options_reach_the_mounts_below(string option, string shown)
    {
        string[] flags = BelowFlags($"\"rbind\", \"{option}\"", "");

        Assert.All(flags, line => Assert.Contains(shown, line.Split(',')));
    }

    [Theory]
    [InlineData("rrw", "ro")]
    [InlineData("rsuid", "nosuid")]
    [InlineData("rdev", "nodev")]
    [InlineData("rexec", "noexec")]
    public void Recursive_options_take_back_what_the_source_has(string option, string source)
    {
        string[] flags = BelowFlags($"\"rbind\", \"{option}\"", source);

        Assert.All(flags, line => Assert.DoesNotContain(source, line.Split(',')));
    }

    [Fact]
    public void A_relative_destination_starts_at_the_root() =>
        Assert.Contains(" /made ", new OciBundle(host, "grep made /proc/self/mountinfo").Mount("""{"destination": "made", "type": "tmpfs", "source": "tmpfs"}""").Run().Succeeded(), StringComparison.Ordinal);

    [Fact]
    public void Places_for_a_file_and_a_folder_are_made()
    {
        OciBundle bundle = new(host, "cat /new/deep/file; ls /new/folder");
        host.Bash($"mkdir {bundle.Folder}/source && echo words > {bundle.Folder}/source/file").Succeeded();
        bundle.Mount($$"""{"destination": "/new/deep/file", "type": "bind", "source": "{{bundle.Folder}}/source/file", "options": ["bind"]}""");
        bundle.Mount($$"""{"destination": "/new/folder", "type": "bind", "source": "source", "options": ["rbind", "ro"]}""");

        Assert.Equal("words\nfile", bundle.Run().Succeeded());
    }

    [Theory]
    [InlineData("shared", "shared:")]
    [InlineData("rshared", "shared:")]
    [InlineData("private", "")]
    [InlineData("rprivate", "")]
    [InlineData("unbindable", "unbindable")]
    public void The_roots_propagation_is_what_was_asked_for(string word, string shown)
    {
        OciBundle bundle = new(host, "grep ' / / \\| /[^ ]* / ' /proc/self/mountinfo | sed 's/ - .*//'");
        bundle.Linux["rootfsPropagation"] = word;

        string root = bundle.Run().Lines()[0];

        Assert.True(shown.Length == 0 ? !root.Contains(':', StringComparison.Ordinal) || !root.Contains("shared", StringComparison.Ordinal) : root.Contains(shown, StringComparison.Ordinal), root);
    }

    [Fact]
    public void A_mount_of_type_cgroup_is_version_2() =>
        Assert.Contains("- cgroup2 ", new OciBundle(host, "grep /sys/fs/cgroup /proc/self/mountinfo").Run().Succeeded(), StringComparison.Ordinal);

    private OciBundle Covering(string script, string options)
    {
        OciBundle bundle = new(host, script, nameof(Covering));
        host.Bash($"""
            mkdir -p {bundle.Root}/made/sub/deep && cd {bundle.Root}/made
            echo words > file; echo more > sub/file; ln -s /no/where link; mkfifo pipe; mknod null c 1 3
            chown 12:34 file sub; chmod 4755 file; chmod 2755 sub; chmod 620 pipe
            touch -d '2020-01-02 03:04:05' file sub/deep
            """).Succeeded();
        return bundle.Mount($$"""{"destination": "/made", "type": "tmpfs", "source": "tmpfs", "options": {{options}}}""");
    }

    private string OnHost(OciBundle bundle) => host.Bash(Listing.Replace("/made", bundle.Root + "/made", StringComparison.Ordinal)).Succeeded();

    /// <summary>The mount flags of a bind mount and of the mount below it, whose sources have an option.</summary>
    private string[] BelowFlags(string options, string source)
    {
        OciBundle bundle = new(host, "awk '$5 ~ \"^/m\" {print $6}' /proc/self/mountinfo", nameof(BelowFlags));
        Directory.CreateDirectory(bundle.Root + "/m");
        Directory.CreateDirectory(bundle.Folder + "/source");
        bundle.Mount($$"""{"destination": "/m", "type": "bind", "source": "{{bundle.Folder}}/source", "options": [{{options}}]}""");
        bundle.Write();
        string remount = source.Length == 0 ? "true" : $"mount -o remount,bind,{source}";
        string script = Path.Combine(bundle.Folder, "host.sh");
        File.WriteAllText(script, $"""
            cd {bundle.Folder}/source
            mount --bind . . && cd {bundle.Folder}/source && mkdir below && mount -t tmpfs tmpfs below
            {remount} {bundle.Folder}/source/below
            {remount} {bundle.Folder}/source
            exec {host.MinirunOci} --root {host.State} --cgroup-manager=disabled run --bundle {bundle.Folder} {Path.GetFileName(bundle.Folder)}
            """);
        string[] lines = host.Bash($"unshare --mount --propagation private bash -eu {script}").Lines();
        Assert.Equal(2, lines.Length);
        return lines;
    }
}

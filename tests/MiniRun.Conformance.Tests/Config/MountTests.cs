namespace MiniRun.Conformance.Tests.Config;

/// <summary>config.md#mounts.</summary>
public sealed class MountTests(ContainerHost host) : ConformanceTest(host)
{
    /// <summary>The point at /m as /proc/self/mountinfo shows it.</summary>
    private const string ShowMount = "grep ' /m ' /proc/self/mountinfo | tail -n 1";

    [Theory]
    [EachRuntime]
    [Must("config.md#mounts", "mounted in the listed order")]
    public void Mounts_are_made_in_the_listed_order(string runtime) => On(runtime, oci =>
    {
        const string Upper = """{"destination": "/m", "type": "tmpfs", "source": "upper"}""";
        const string Lower = """{"destination": "/m/below", "type": "tmpfs", "source": "lower"}""";
        const string Script = "ls /m";
        Assert.Equal("below", oci.Prints(oci.Bundle(Script).Mount(Upper).Mount(Lower)));
        Assert.Equal("", oci.Prints(oci.Bundle(Script).Mount(Lower).Mount(Upper)));
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#mounts", "a relative destination is relative to /")]
    public void A_relative_destination_starts_at_the_root(string runtime) => On(runtime, oci =>
        Assert.Contains(" - tmpfs ", oci.Prints(oci.Bundle(ShowMount).With("process.cwd", "\"/etc\"").Mount("""{"destination": "m", "type": "tmpfs", "source": "m"}""")), StringComparison.Ordinal));

    // What the options do shows in mountinfo: words that are there, words that are not (with a minus). Those the kernel does not show are accepted.
    [Theory]
    [EachRuntime(
        "sync,async: -sync", "noatime,atime: -noatime", "defaults: rw", "nodev,dev: -nodev", "nodiratime,diratime: -nodiratime", "dirsync: dirsync",
        "noexec,exec: -noexec", "iversion:", "lazytime: lazytime", "silent,loud:", "noatime: noatime", "nodev: nodev", "nodiratime: nodiratime",
        "noexec: noexec", "noiversion:", "lazytime,nolazytime: -lazytime", "relatime,norelatime: -noatime", "strictatime,nostrictatime: relatime",
        "nosuid: nosuid", "relatime: relatime", "ro: ro", "ro,rw: rw -ro", "silent:", "strictatime: -relatime -noatime", "nosuid,suid: -nosuid", "sync: sync")]
    [Must("config.md#linux-mount-options", "the options marked MUST are implemented")]
    public void An_option_does_what_mount_8_says(string runtime, string option) => On(
        runtime,
        oci =>
        {
            string[] parts = option.Split(':');
            string options = string.Join("\", \"", parts[0].Split(','));

            string seen = oci.Prints(oci.Bundle(ShowMount).Mount($$"""{"destination": "/m", "type": "tmpfs", "source": "m", "options": ["{{options}}"]}"""));

            string[] words = [.. seen.Split(' ').SelectMany(field => field.Split(','))];
            Assert.Contains("tmpfs", words);
            foreach (string word in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.True(word[0] == '-' ? !words.Contains(word[1..]) : words.Contains(word), $"{option} is seen as {seen}");
            }
        },
        option);

    [Theory]
    [EachRuntime]
    [Must("config.md#linux-mount-options", "remount is implemented")]
    public void Remount_changes_a_mount_that_is_there(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("touch /m/file 2> /dev/null && echo written || echo refused")
            .Mount("""{"destination": "/m", "type": "tmpfs", "source": "m"}""")
            .Mount("""{"destination": "/m", "type": "tmpfs", "source": "m", "options": ["remount", "ro"]}""");
        Assert.Equal("refused", oci.Prints(bundle));
    });

    [Theory]
    [EachRuntime("bind", "rbind")]
    [Must("config.md#linux-mount-options", "bind and rbind are implemented")]
    public void Rbind_brings_the_mounts_below_and_bind_does_not(string runtime, string option) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle("ls /m/below");
            string source = Directory.CreateDirectory(bundle.Folder + "/source/below").Parent!.FullName;
            bundle.Mount($$"""{"destination": "/m", "type": "none", "source": "{{source}}", "options": ["{{option}}"]}""");
            bundle.Write();

            string seen = Host.Bash($"""
                exec unshare --mount --propagation private bash -euc 'mount -t tmpfs below {source}/below; touch {source}/below/file
                exec {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}'
                """).Succeeded();

            Assert.Equal(option == "rbind" ? "file" : "", seen);
        },
        option);

    [Theory]
    [EachRuntime]
    [Must("config.md#mounts", "the source of a bind mount is absolute or relative to the bundle")]
    public void A_relative_source_of_a_bind_mount_starts_at_the_bundle(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("ls /m").Mount("""{"destination": "/m", "type": "none", "source": "source", "options": ["bind"]}""");
        Directory.CreateDirectory(bundle.Folder + "/source/file");
        Assert.Equal("file", oci.Prints(bundle));
    });

    // A bind mount of a shared source is a peer of it, unless an option says otherwise.
    [Theory]
    [EachRuntime("private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable")]
    [Must("config.md#linux-mount-options", "private, shared, slave, unbindable and their recursive forms are implemented")]
    public void A_propagation_is_that_of_the_option(string runtime, string option) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle(ShowMount);
            string source = Directory.CreateDirectory(bundle.Folder + "/source").FullName;
            bundle.Mount($$"""{"destination": "/m", "type": "none", "source": "{{source}}", "options": ["rbind", "{{option}}"]}""");
            bundle.Write();

            string seen = Host.Bash($"""
                exec unshare --mount --propagation private bash -euc 'mount -t tmpfs m {source}; mount --make-shared {source}
                exec {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}'
                """).Succeeded();

            string expected = option.TrimStart('r') switch { "shared" => "shared:", "slave" => "master:", "unbindable" => "unbindable", _ => "" };
            string fields = string.Join(' ', seen.Split(" - ")[0].Split(' ')[6..]);
            Assert.True(expected.Length == 0 ? fields.Length == 0 : fields.Contains(expected, StringComparison.Ordinal), $"{option} is seen as {seen}");
        },
        option);

    [Theory]
    [EachRuntime("idmap", "ridmap")]
    [Must("config.md#linux-mount-options", "idmap and ridmap: uidMappings and gidMappings of the mount are used")]
    public void An_idmapped_mount_has_its_own_mappings(string runtime, string option) => On(
        runtime,
        oci => Assert.Equal("500 600", oci.Prints(IdMapped(oci, $$"""
            "options": ["rbind", "{{option}}"], "uidMappings": [{"containerID": 0, "hostID": 500, "size": 10}], "gidMappings": [{"containerID": 0, "hostID": 600, "size": 10}]
            """))),
        option);

    [Theory]
    [EachRuntime("idmap", "ridmap")]
    [Must("config.md#linux-mount-options", "idmap and ridmap without mappings and without a user namespace: error")]
    public void An_idmapped_mount_without_any_mappings_is_an_error(string runtime, string option) =>
        On(runtime, oci => oci.Refuses(IdMapped(oci, $"\"options\": [\"rbind\", \"{option}\"]")), option);

    [Theory]
    [EachRuntime("uidMappings", "gidMappings")]
    [Must("config.md#posix-platform-mounts", "uidMappings and gidMappings are given together")]
    public void Mappings_of_one_kind_alone_are_an_error(string runtime, string kind) => On(
        runtime,
        oci => oci.Refuses(IdMapped(oci, $$"""
            "options": ["rbind", "idmap"], "{{kind}}": [{"containerID": 0, "hostID": 500, "size": 10}]
            """)),
        kind);

    private static OciBundle IdMapped(OciRuntime oci, string rest)
    {
        OciBundle bundle = oci.Bundle("stat -c '%u %g' /m", nameof(IdMapped));
        Directory.CreateDirectory(bundle.Folder + "/source");
        return bundle.Mount($$"""{"destination": "/m", "type": "bind", "source": "{{bundle.Folder}}/source", {{rest}}}""");
    }
}

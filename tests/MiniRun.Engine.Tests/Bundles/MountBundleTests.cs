using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class MountBundleTests
{
    private static RunRequest With(FileChoices files) => Given.Request with { Files = files };

    private static TmpfsMount Tmpfs(string text) => TmpfsOption.Parse(text, "--tmpfs");

    [Fact]
    public void Every_container_has_dockers_mounts_and_its_own_files_of_etc() =>
        Assert.Equal(
            ["/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/mqueue", "/dev/shm", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"],
            Given.Spec(Given.Request).Mounts.Select(mount => mount.Destination));

    [Fact]
    public void Sysfs_and_the_cgroup_tree_are_read_only_unless_privileged()
    {
        RuntimeSpec plain = Given.Spec(Given.Request);
        RuntimeSpec privileged = Given.Spec(Given.Request with { Privilege = new() { Privileged = true } });
        Assert.Contains("ro", plain.Mount("/sys").Options);
        Assert.Contains("ro", plain.Mount("/sys/fs/cgroup").Options);
        Assert.Contains("rw", privileged.Mount("/sys").Options);
        Assert.Contains("rw", privileged.Mount("/sys/fs/cgroup").Options);
    }

    [Fact]
    public void Shared_memory_has_64m_or_what_was_asked_for()
    {
        Assert.Contains("size=67108864", Given.Spec(Given.Request).Mount("/dev/shm").Options);
        Assert.Contains("size=1048576", Given.Spec(With(new() { ShmSize = new ByteSize(1 << 20) })).Mount("/dev/shm").Options);
        Assert.Contains("size=67108864", Given.Spec(With(new() { ShmSize = new ByteSize(0) })).Mount("/dev/shm").Options);
    }

    [Fact]
    public void The_hosts_ipc_brings_its_shared_memory_along()
    {
        RuntimeSpec spec = Given.Spec(Given.Request with { Namespaces = new() { Ipc = NamespaceChoice.Host } });
        Assert.Equal(("bind", "/dev/shm"), (spec.Mount("/dev/shm").Type, spec.Mount("/dev/shm").Source));
        Assert.Equal("mqueue", spec.Mount("/dev/mqueue").Type);
    }

    [Fact]
    public void A_read_only_container_cannot_write_its_files_of_etc_either()
    {
        Assert.Contains("rw", Given.Spec(Given.Request).Mount("/etc/hosts").Options);
        RuntimeSpec spec = Given.Spec(With(new() { ReadOnly = true }));
        Assert.True(spec.Root!.Readonly);
        Assert.Contains("ro", spec.Mount("/etc/hosts").Options);
        Assert.Contains("ro", spec.Mount("/etc/resolv.conf").Options);
    }

    [Fact]
    public void The_users_mounts_come_last_shallow_ones_first_and_take_the_place_of_defaults()
    {
        RuntimeSpec spec = Given.Spec(With(new()
        {
            Mounts =
            [
                VolumeOption.Parse("/b:/data/cache/deep", "-v", "/"),
                VolumeOption.Parse("/h:/etc/hosts:ro", "-v", "/"),
                Tmpfs("/data"),
                Tmpfs("/dev/shm"),
            ],
        }));
        Assert.Equal(["/data", "/etc/hosts", "/dev/shm", "/data/cache/deep"], spec.Mounts.TakeLast(4).Select(mount => mount.Destination));
        Assert.Equal("/h", spec.Mount("/etc/hosts").Source);
        Assert.Equal(["rbind", "rprivate", "rro"], spec.Mount("/etc/hosts").Options);
        Assert.Equal("tmpfs", spec.Mount("/dev/shm").Source);
    }

    [Fact]
    public void Two_mounts_in_one_place_are_refused() =>
        Assert.Contains("duplicate mount point: /tmp", Assert.Throws<MiniRunException>(() => Given.Spec(With(new() { Mounts = [Tmpfs("/tmp"), Tmpfs("/tmp/")] }))).Message);

    [Fact]
    public void Explain_knows_which_option_asked_for_a_mount()
    {
        Bundle bundle = BundleBuilder.Build(Given.Inputs(With(new() { Mounts = [Tmpfs("/tmp:rw,noexec")], ShmSize = new ByteSize(1 << 20) })));
        int tmp = bundle.Spec.Mounts.ToList().FindIndex(mount => mount.Destination == "/tmp");
        int shm = bundle.Spec.Mounts.ToList().FindIndex(mount => mount.Destination == "/dev/shm");
        Assert.Equal("--tmpfs /tmp:rw,noexec", bundle.Origins.Of("mounts", tmp));
        Assert.Equal("--shm-size 1m", bundle.Origins.Of("mounts", shm));
        Assert.Null(bundle.Origins.Of("mounts", 0));
    }

    [Fact]
    public void Terminals_belong_to_group_tty_where_that_group_exists_inside()
    {
        Assert.Contains("gid=5", Given.Spec(Given.Request).Mount("/dev/pts").Options);
        Assert.DoesNotContain("gid=5", Given.Spec(Given.Request, Given.User).Mount("/dev/pts").Options);
    }
}

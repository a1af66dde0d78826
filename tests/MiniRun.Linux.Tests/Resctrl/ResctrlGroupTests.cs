using MiniRun.Linux.Resctrl;

namespace MiniRun.Linux.Tests.Resctrl;

public sealed class ResctrlGroupTests : IDisposable
{
    private readonly FolderResctrl _host = new();

    public void Dispose() => _host.Dispose();

    private ResctrlGroup Class(string closId) => _host.Group(ResctrlPath.Class(_host.MountPoint, closId));

    [Fact]
    public void The_mount_is_found_by_its_type()
    {
        const string Mounts = """
            24 1 0:22 / /sys rw - sysfs sysfs rw
            31 24 0:27 / /mnt/a\040resctrl rw,nosuid shared:9 - tmpfs resctrl rw
            32 24 0:28 / /sys/fs/re\040sctrl rw,nosuid shared:9 - resctrl resctrl rw
            """;

        Assert.Equal("/sys/fs/re sctrl", ResctrlHost.Find(Mounts));
        Assert.Null(ResctrlHost.Find("24 1 0:22 / /sys rw - sysfs sysfs rw\n"));
    }

    [Fact]
    public void A_class_is_made_set_joined_and_removed()
    {
        ResctrlGroup group = Class("gold");
        Assert.False(group.Exists);

        group.Make();
        Assert.True(group.IsEmpty);
        group.WriteSchemata("L3:0=ff;1=c0");
        group.Add(42);
        group.Add(43);

        Assert.Equal(FolderResctrl.Default + "L3:0=ff;1=c0\n", group.ReadSchemata());
        Assert.Equal("42\n43\n", File.ReadAllText(group.Folder + "/tasks"));
        Assert.False(group.IsEmpty);
        group.Remove();
        group.Remove();
        Assert.False(group.Exists);
    }

    [Fact]
    public void The_default_class_is_the_mount_itself() => Assert.Equal(_host.MountPoint, Class("/").Folder);

    [Fact]
    public void A_monitoring_group_is_in_its_class()
    {
        Assert.Equal("/r/gold/mon_groups/box", ResctrlPath.Monitoring("/r", "gold", "box"));
        Assert.Equal("/r/mon_groups/box", ResctrlPath.Monitoring("/r", "/", "box"));
    }

    [Fact]
    public void A_group_that_is_there_is_not_made_again()
    {
        Class("gold").Make();

        Assert.Contains("a group of that name is there already", Refusal(() => Class("gold").Make()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_gone_takes_no_process_and_nothing_is_made_in_its_place()
    {
        Assert.StartsWith($"write \"42\" to {_host.MountPoint}/gold/tasks: ", Refusal(() => Class("gold").Add(42)), StringComparison.Ordinal);
        Assert.False(Class("gold").Exists);
    }

    [Fact]
    public void The_kernels_own_words_for_a_refusal_are_shown()
    {
        Directory.CreateDirectory(_host.MountPoint + "/info");
        File.WriteAllText(_host.MountPoint + "/info/last_cmd_status", "mask out of range\n");

        Assert.EndsWith(": mask out of range", Refusal(() => Class("gold").WriteSchemata("L3:0=1fffff")), StringComparison.Ordinal);
    }

    private static string Refusal(Action act) => Assert.Throws<MiniRunException>(act).Message;
}

using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Volumes;

public sealed class VolumeDriverOptionsTests
{
    private static VolumeDriverOptions Parse(params string[] options) => VolumeDriverOptions.Parse([.. options.Select(option => LabelOption.Parse(option, "--opt"))]);

    [Fact]
    public void A_folder_of_the_host_and_memory_are_known()
    {
        Assert.Equal("/srv", Parse("type=none", "o=bind", "device=/srv").Device);
        Assert.Equal(["size=1m", "uid=7"], Parse("type=tmpfs", "device=tmpfs", "o=size=1m,uid=7").Memory!);
        Assert.Equal((null, null), (Parse().Device, Parse().Memory));
    }

    [Theory]
    [InlineData("missing device", "type=none", "o=bind")]
    [InlineData("absolute path", "type=none", "o=bind", "device=srv")]
    [InlineData("type=nfs: minirun mounts no file system of this kind", "type=nfs", "device=:/x", "o=addr=1.2.3.4")]
    [InlineData("type=ext4", "type=ext4", "device=/dev/sda")]
    [InlineData("invalid option: \"size\"", "size=1m")]
    [InlineData("invalid tmpfs option \"lowerdir=/\"", "type=tmpfs", "o=lowerdir=/")]
    [InlineData("only o=bind", "type=none", "o=bind,ro", "device=/srv")]
    [InlineData("missing required option", "device=/srv")]
    public void Others_are_refused_by_name(string part, params string[] options) =>
        Assert.Contains(part, Assert.ThrowsAny<MiniRunException>(() => Parse(options)).Message);

    [Theory]
    [InlineData("/", true)]
    [InlineData("/srv", true)]
    [InlineData("/etc/app", true)]
    [InlineData("/home/anna", true)]
    [InlineData("/home/anna/data", false)]
    [InlineData("/var/lib", true)]
    [InlineData("/var/lib/app", false)]
    [InlineData("/srv/app", false)]
    public void The_hosts_own_folders_are_given_to_nobody(string path, bool dangerous) => Assert.Equal(dangerous, OwnerChange.IsDangerous(path));
}

using MiniRun.Engine.Options;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Options;

public sealed class MountOptionTests
{
    [Fact]
    public void A_volume_is_a_source_and_a_destination_read_and_written_by_default()
    {
        var mount = (BindMount)VolumeOption.Parse("/srv/data:/data", "--volume", "/here");
        Assert.Equal(("/srv/data", "/data", false, true, true, "rprivate"), (mount.Source, mount.Destination, mount.ReadOnly, mount.Recursive, mount.MakeSource, mount.Propagation));
    }

    [Fact]
    public void A_volumes_modes_are_a_list()
    {
        var mount = (BindMount)VolumeOption.Parse("/a:/b/:ro,rslave,z", "--volume", "/here");
        Assert.Equal(("/b", true, "rslave"), (mount.Destination, mount.ReadOnly, mount.Propagation));
    }

    [Fact]
    public void A_volumes_relative_source_starts_where_the_caller_is() =>
        Assert.Equal("/here/data", ((BindMount)VolumeOption.Parse("./data:/data", "-v", "/here")).Source);

    [Theory]
    [InlineData("/a:b", "must be absolute")]
    [InlineData("/a:/", "cannot be '/'")]
    [InlineData("/a:/b:wild", "invalid mode \"wild\"")]
    [InlineData("/a:/b:ro:rw", "[SOURCE:]DESTINATION")]
    [InlineData(":/b", "[SOURCE:]DESTINATION")]
    [InlineData("/a:/b/..", "cannot be '/'")]
    [InlineData("/a:/b:idmap=all", "invalid mode \"idmap=all\"")]
    [InlineData("a/b:/c", "includes invalid characters for a local volume name")]
    [InlineData("-a:/c", "includes invalid characters for a local volume name")]
    [InlineData("a:/c", "volume name is too short")]
    [InlineData("data:/c:rslave", "invalid mode \"rslave\" of a volume")]
    public void A_wrong_volume_is_told_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<MiniRunException>(() => VolumeOption.Parse(text, "--volume", "/here")).Message);

    [Fact]
    public void A_source_that_is_no_path_is_a_volumes_name()
    {
        var named = (VolumeMount)VolumeOption.Parse("data_1.x:/data:ro,nocopy,U,idmap", "-v", "/here");
        Assert.Equal(("data_1.x", "/data", true, true, true, "idmap", false), (named.Name?.Value, named.Destination, named.ReadOnly, named.NoCopy, named.ChangeOwner, named.IdMap, named.Yields));
        var anonymous = (VolumeMount)VolumeOption.Parse("/data/../x", "-v", "/here");
        Assert.Equal((null, "/x", true), (anonymous.Name, anonymous.Destination, anonymous.Yields));
    }

    [Fact]
    public void The_long_form_of_a_volume_says_the_same()
    {
        var mount = (VolumeMount)MountOption.Parse("type=volume,src=data,dst=/data,readonly,volume-nocopy,volume-subpath=a/b,volume-driver=local,chown", "--mount", "/");
        Assert.Equal(("data", true, true, "a/b", true), (mount.Name?.Value, mount.ReadOnly, mount.NoCopy, mount.Subpath, mount.ChangeOwner));
        Assert.False(((VolumeMount)MountOption.Parse("dst=/data", "--mount", "/")).Yields);
    }

    [Theory]
    [InlineData("readonly", true, false)]
    [InlineData("readonly,bind-recursive=enabled", true, false)]
    [InlineData("readonly,bind-recursive=readonly", true, false)]
    [InlineData("readonly,bind-recursive=writable", true, true)]
    [InlineData("readonly,bind-recursive=disabled", false, false)]
    public void What_lies_below_a_bind_mount_is_taken_along_or_not(string fields, bool recursive, bool writable)
    {
        var mount = (BindMount)MountOption.Parse($"type=bind,src=/a,dst=/b,{fields}", "--mount", "/");
        Assert.Equal((recursive, writable), (mount.Recursive, mount.WritableBelow));
    }

    [Theory]
    [InlineData("c1", "c1", null)]
    [InlineData("c1:ro", "c1", true)]
    [InlineData("c1:rw,z", "c1", null)]
    public void Volumes_of_another_container_can_be_read_only(string text, string container, bool? readOnly) =>
        Assert.Equal(new VolumesFrom(container, readOnly), VolumesFrom.Parse(text, "--volumes-from"));

    [Fact]
    public void A_quoted_field_of_the_long_form_may_hold_commas_and_quotes()
    {
        var mount = (BindMount)MountOption.Parse("type=bind,\"src=/a,\"\"b\"\"\",dst=/b", "--mount", "/here");
        Assert.Equal("/a,\"b\"", mount.Source);
    }

    [Fact]
    public void An_open_quote_in_the_long_form_is_an_error() =>
        Assert.Contains("quote is not closed", Assert.ThrowsAny<MiniRunException>(() => MountOption.Parse("type=bind,\"src=/a,dst=/b", "--mount", "/here")).Message);

    [Fact]
    public void A_bind_mount_in_long_form_needs_its_source_to_be_there()
    {
        var mount = (BindMount)MountOption.Parse("type=bind,src=/a,dst=/b,readonly,bind-propagation=rshared,bind-nonrecursive", "--mount", "/here");
        Assert.Equal(("/a", "/b", true, false, false, "rshared"), (mount.Source, mount.Destination, mount.ReadOnly, mount.Recursive, mount.MakeSource, mount.Propagation));
    }

    [Theory]
    [InlineData("readonly=false", false)]
    [InlineData("ro=true", true)]
    [InlineData("ro=1", true)]
    public void Readonly_may_have_a_value(string field, bool readOnly) =>
        Assert.Equal(readOnly, ((BindMount)MountOption.Parse($"type=bind,source=/a,target=/b,{field}", "--mount", "/")).ReadOnly);

    [Fact]
    public void A_tmpfs_in_long_form_has_size_and_mode()
    {
        var mount = (TmpfsMount)MountOption.Parse("type=tmpfs,destination=/t,tmpfs-size=16m,tmpfs-mode=1770", "--mount", "/");
        Assert.Equal(["noexec", "nosuid", "nodev", "size=16777216", "mode=1770"], mount.Options);
    }

    [Theory]
    [InlineData("type=bind,src=/a", "target is required")]
    [InlineData("type=bind,dst=/b", "source is required")]
    [InlineData("type=bind,src=/a,dst=/b,tmpfs-size=1m", "\"tmpfs-size\" is not a field of type=bind")]
    [InlineData("type=tmpfs,dst=/b,src=/a", "\"source\" is not a field of type=tmpfs")]
    [InlineData("type=bind,src=/a,dst=/b,dst=/c", "given twice")]
    [InlineData("type=bind,src=/a,dst=/b,ro=maybe", "true or false")]
    [InlineData("type=bind,src=/a,dst=/b,bind-propagation=up", "invalid bind-propagation")]
    [InlineData("type=nfs,dst=/b", "unknown mount type")]
    [InlineData("dst=/b,src=../a", "includes invalid characters")]
    [InlineData("dst=/b,src=data,volume-subpath=/etc", "volume-subpath is a path in the volume")]
    [InlineData("dst=/b,src=data,volume-subpath=a/../..", "volume-subpath is a path in the volume")]
    [InlineData("dst=/b,src=data,volume-driver=nfs", "no volume driver \"nfs\"")]
    [InlineData("type=bind,src=/a,dst=/b,bind-recursive=writable", "requires 'readonly'")]
    [InlineData("type=bind,src=/a,dst=/b,readonly,bind-propagation=rslave,bind-recursive=readonly", "requires 'bind-propagation=rprivate'")]
    [InlineData("type=bind,src=/a,dst=/b,bind-recursive=maybe", "invalid value for bind-recursive")]
    [InlineData("type=bind,src=/a,dst=/b,idmap=1", "idmap=uids=")]
    [InlineData("type=image,dst=/b", "source, an image, is required")]
    [InlineData("type=image,dst=/b,src=i,volume-nocopy", "\"volume-nocopy\" is not a field of type=image")]
    public void A_wrong_mount_is_told_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<MiniRunException>(() => MountOption.Parse(text, "--mount", "/")).Message);

    [Fact]
    public void A_tmpfs_is_noexec_nosuid_and_nodev_unless_told_otherwise()
    {
        Assert.Equal(["noexec", "nosuid", "nodev"], TmpfsOption.Parse("/tmp", "--tmpfs").Options);
        Assert.Equal(["nosuid", "nodev", "rw", "exec", "size=1m"], TmpfsOption.Parse("/tmp:rw,exec,size=1m", "--tmpfs").Options);
        Assert.Equal(["nodev", "rw", "noexec", "nosuid"], TmpfsOption.Parse("/tmp:rw,noexec,nosuid", "--tmpfs").Options);
    }

    [Theory]
    [InlineData("tmp", "absolute")]
    [InlineData("/", "cannot be '/'")]
    [InlineData("/tmp:wild", "invalid tmpfs option \"wild\"")]
    [InlineData("/tmp:lowerdir=/", "invalid tmpfs option \"lowerdir=/\"")]
    public void A_wrong_tmpfs_is_told_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<OptionException>(() => TmpfsOption.Parse(text, "--tmpfs")).Message);

    [Theory]
    [InlineData("/dev/fuse", "/dev/fuse", "/dev/fuse", "rwm")]
    [InlineData("/dev/fuse:r", "/dev/fuse", "/dev/fuse", "r")]
    [InlineData("/dev/sda:/dev/xvda", "/dev/sda", "/dev/xvda", "rwm")]
    [InlineData("/dev/sda:/dev/xvda:rw", "/dev/sda", "/dev/xvda", "rw")]
    public void A_device_may_have_another_path_and_fewer_permissions_inside(string text, string host, string inside, string access) =>
        Assert.Equal(new DeviceMapping(host, inside, access), DeviceMapping.Parse(text, "--device"));

    [Theory]
    [InlineData("fuse")]
    [InlineData("/dev/a:b")]
    [InlineData("/dev/a:/dev/b:x")]
    [InlineData("/dev/a:/dev/b:r:w")]
    public void A_wrong_device_is_refused(string text) => Assert.Throws<OptionException>(() => DeviceMapping.Parse(text, "--device"));

    [Fact]
    public void A_rate_is_a_device_and_bytes_or_operations_a_second()
    {
        Assert.Equal(new DeviceRate("/dev/sda", 5 << 20), DeviceRate.ParseBytes("/dev/sda:5mb", "--device-write-bps"));
        Assert.Equal(new DeviceRate("/dev/sda", 100), DeviceRate.ParseOperations("/dev/sda:100", "--device-read-iops"));
    }

    [Theory]
    [InlineData("/dev/sda")]
    [InlineData("sda:5m")]
    [InlineData("/dev/sda:0")]
    [InlineData("/dev/sda:fast")]
    public void A_wrong_rate_is_refused(string text) => Assert.Throws<OptionException>(() => DeviceRate.ParseBytes(text, "--device-read-bps"));
}

using MiniRun.Linux.Mounts;
using static MiniRun.Linux.Mounts.MountFlags;

namespace MiniRun.Linux.Tests.Mounts;

public class MountOptionTableTests
{
    /// <summary>Every word of runtime-spec 1.3's config.md, "Linux mount options".</summary>
    private const string SpecWords =
        "async atime bind defaults dev diratime dirsync exec iversion lazytime loud noatime nodev nodiratime noexec noiversion nolazytime "
        + "norelatime nostrictatime nosuid nosymfollow private ratime rbind rdev rdiratime relatime remount rexec rnoatime rnodiratime "
        + "rnoexec rnorelatime rnostrictatime rnosuid rnosymfollow ro rprivate rrelatime rro rrw rshared rslave rstrictatime rsuid "
        + "rsymfollow runbindable rw shared silent slave strictatime suid symfollow sync tmpcopyup unbindable idmap ridmap mand nomand rnodev";

    [Fact]
    public void Every_word_of_the_spec_is_known()
    {
        foreach (string word in SpecWords.Split(' '))
        {
            Assert.True(MountOptionTable.TryFind(word, out _), word);
        }
    }

    [Theory]
    [InlineData("size=64k")]
    [InlineData("mode=1777")]
    [InlineData("newinstance")]
    [InlineData("RO")]
    [InlineData("")]
    public void What_is_not_a_word_of_the_spec_is_the_file_systems(string word)
    {
        Assert.False(MountOptionTable.TryFind(word, out _));
    }

    [Theory]
    [InlineData("ro", MOUNT_ATTR_RDONLY, 0UL)]
    [InlineData("rw", 0UL, MOUNT_ATTR_RDONLY)]
    [InlineData("nosuid", MOUNT_ATTR_NOSUID, 0UL)]
    [InlineData("exec", 0UL, MOUNT_ATTR_NOEXEC)]
    [InlineData("noatime", MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME)]
    [InlineData("relatime", 0UL, MOUNT_ATTR__ATIME)]
    [InlineData("strictatime", MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME)]
    [InlineData("nodiratime", MOUNT_ATTR_NODIRATIME, 0UL)]
    [InlineData("nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, 0UL)]
    public void Attributes_are_set_and_cleared_and_their_r_form_reaches_the_mounts_below(string word, ulong set, ulong clear)
    {
        Assert.True(MountOptionTable.TryFind(word, out MountOption plain));
        Assert.Equal(new MountOption(MountOptionKind.Attribute) { Set = set, Clear = clear }, plain);
        Assert.True(MountOptionTable.TryFind("r" + word, out MountOption recursive));
        Assert.Equal(plain with { Recursive = true }, recursive);
    }

    [Theory]
    [InlineData("private", MS_PRIVATE)]
    [InlineData("rshared", MS_SHARED | MS_REC)]
    [InlineData("rslave", MS_SLAVE | MS_REC)]
    [InlineData("unbindable", MS_UNBINDABLE)]
    public void Propagation_is_a_flag_of_mount(string word, ulong flags)
    {
        Assert.True(MountOptionTable.TryFind(word, out MountOption option));
        Assert.Equal((MountOptionKind.Propagation, flags), (option.Kind, option.Propagation));
    }

    [Theory]
    [InlineData("ro,rw", 0UL, MOUNT_ATTR_RDONLY)]
    [InlineData("rw,ro", MOUNT_ATTR_RDONLY, 0UL)]
    [InlineData("noatime,strictatime", MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME)]
    [InlineData("strictatime,relatime", 0UL, MOUNT_ATTR__ATIME)]
    [InlineData("nosuid,noexec,nodev,ro", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NODEV | MOUNT_ATTR_RDONLY, 0UL)]
    [InlineData("noatime,nosuid,suid", MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME | MOUNT_ATTR_NOSUID)]
    public void Of_words_that_contradict_each_other_the_last_wins(string words, ulong set, ulong clear)
    {
        AttributeChange change = default;
        foreach (string word in words.Split(','))
        {
            Assert.True(MountOptionTable.TryFind(word, out MountOption option));
            change = change.With(option);
        }

        Assert.Equal(new AttributeChange(set, clear), change);
    }

    [Theory]
    [InlineData("defaults")]
    [InlineData("iversion")]
    [InlineData("noiversion")]
    [InlineData("silent")]
    public void Words_the_kernel_has_nothing_for_are_accepted(string word)
    {
        Assert.True(MountOptionTable.TryFind(word, out MountOption option));
        Assert.Equal(MountOptionKind.Ignored, option.Kind);
    }

    [Fact]
    public void Flags_are_shown_by_name()
    {
        Assert.Equal("set RDONLY|NOSUID clear NODEV", MountFlagNames.OfAttributes(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV));
        Assert.Equal("set RELATIME", MountFlagNames.OfAttributes(0, MOUNT_ATTR__ATIME));
        Assert.Equal("set STRICTATIME|IDMAP", MountFlagNames.OfAttributes(MOUNT_ATTR_STRICTATIME | MOUNT_ATTR_IDMAP, MOUNT_ATTR__ATIME));
        Assert.Equal("", MountFlagNames.OfAttributes(0, 0));
        Assert.Equal("SLAVE|REC", MountFlagNames.Propagation(MS_SLAVE | MS_REC));
    }
}

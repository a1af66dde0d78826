using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using static MiniRun.Linux.Mounts.MountFlags;

namespace MiniRun.Linux.Tests.Mounts;

public sealed class DetachedMountTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RootFact]
    public void A_new_file_system_takes_its_options_and_is_seen_by_its_holder_only()
    {
        int before = File.ReadAllLines("/proc/self/mountinfo").Length;
        using FileDescriptor mount = DetachedMount.Create("tmpfs", "tmpfs", ["size=64k", "mode=0711"], MOUNT_ATTR_NOSUID);
        Assert.Equal(0x41c9U, FileStatus.Of(mount, "tmpfs").Mode);
        using FileDescriptor file = HostFile.OpenAt(mount, "file", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0x180);
        Assert.Equal(Errno.ENOSPC, Assert.Throws<SyscallException>(() => HostFile.WriteAll(file, new byte[100_000], "file")).Errno);
        Assert.Equal(before, File.ReadAllLines("/proc/self/mountinfo").Length);
    }

    [RootFact]
    public void An_option_the_file_system_does_not_know_is_named_with_its_own_words()
    {
        SyscallException failure = Assert.Throws<SyscallException>(() => DetachedMount.Create("tmpfs", "", ["colour=blue"], 0));
        Assert.Equal("fsconfig", failure.Call);
        Assert.Contains("colour=blue", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tmpfs: Unknown parameter 'colour'", failure.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_file_system_the_kernel_does_not_have_is_named()
    {
        SyscallException failure = Assert.Throws<SyscallException>(() => DetachedMount.Create("nosuchfs", "", [], 0));
        Assert.Equal(("fsopen", "nosuchfs", Errno.ENODEV), (failure.Call, failure.Object, failure.Errno));
    }

    [RootFact]
    public void A_clone_made_read_only_leaves_the_original_writable()
    {
        _folder.Write("file", "before");
        using FileDescriptor clone = DetachedMount.Clone(_folder.Path, recursive: false);
        DetachedMount.SetAttributes(clone, MOUNT_ATTR_RDONLY, 0);
        Assert.Equal(Errno.EROFS, Assert.Throws<SyscallException>(() => HostFile.OpenAt(clone, "file", OpenFlags.O_WRONLY)).Errno);
        File.WriteAllText(_folder.At("file"), "after");
        using FileDescriptor inside = HostFile.OpenAt(clone, "file", OpenFlags.O_RDONLY);
        Assert.Equal(5, HostFile.ReadBounded(inside, "file", 100).Length);
    }

    [RootFact]
    public void Attributes_that_exclude_each_other_are_refused_with_their_names()
    {
        using FileDescriptor mount = DetachedMount.Create("tmpfs", "", [], 0);
        SyscallException failure = Assert.Throws<SyscallException>(() => DetachedMount.SetAttributes(mount, MOUNT_ATTR_NOATIME | MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME));
        Assert.Equal((Errno.EINVAL, "mount_setattr"), (failure.Errno, failure.Call));
    }

    [RootFact]
    public void A_tree_with_a_mount_in_it_is_not_removed_and_the_mount_keeps_its_files()
    {
        HostDirectory.MakeAll(_folder.At("tree/below/mount"));
        string target = _folder.At("tree/below/mount");
        using FileDescriptor mount = DetachedMount.Create("tmpfs", "", [], 0);
        HostFile.OpenAt(mount, "file", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0x180).Dispose();
        using (FileDescriptor place = HostFile.Open(target, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY))
        {
            DetachedMount.Attach(mount, place, target);
        }

        try
        {
            Assert.Contains("mounted there", Assert.Throws<MiniRunException>(() => TreeRemoval.Remove(_folder.At("tree"))).Message, StringComparison.Ordinal);
            Assert.True(File.Exists(target + "/file"));
        }
        finally
        {
            Assert.True(DetachedMount.Unmount(target));
        }

        Assert.True(TreeRemoval.Remove(_folder.At("tree")));
    }

    [Fact]
    public void Unmounting_what_is_not_mounted_says_so()
    {
        HostDirectory.Make(_folder.At("plain"));
        if (Linux.Processes.CurrentProcess.EffectiveUid == 0)
        {
            Assert.False(DetachedMount.Unmount(_folder.At("plain")));
        }
    }
}

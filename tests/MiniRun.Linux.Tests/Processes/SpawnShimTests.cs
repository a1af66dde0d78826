using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Processes;

public sealed class SpawnShimTests : IDisposable
{
    private const int Urgent = 23;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Init_is_an_elf_program_with_a_build_id_in_an_unchangeable_file()
    {
        Assert.True(InitImage.Bytes.StartsWith("\u007fELF"u8));
        Assert.True(InitImage.Bytes.Length < 64 << 10, $"minirun-init has {InitImage.Bytes.Length} bytes");
        Assert.True(InitImage.BuildId.IndexOfAnyExcept((byte)0) >= 0);
        using FileDescriptor image = InitImage.Open();
        Assert.NotEqual((Errno)0, HostFile.TryWrite(image, "x"u8, out _));
    }

    [Fact]
    public void A_program_that_is_not_one_is_reported_by_the_call_that_refused_it()
    {
        using FileDescriptor image = Memfd.TryCreateExecutable("text", "not a program"u8)!;
        using FileDescriptor nothing = HostFile.Open("/dev/null", OpenFlags.O_RDWR);
        SyscallException failure = Assert.Throws<SyscallException>(() => Spawn.Start(0, null, image, false, [nothing, nothing, nothing, nothing, nothing]));
        Assert.Equal(("execveat", Errno.ENOEXEC), (failure.Call, failure.Errno));
    }

    [Fact]
    public void A_signal_arrives_as_its_number_whichever_thread_took_it()
    {
        using SignalPipe signals = SignalPipe.Open([Urgent]);
        Assert.Equal(0, signals.Next());
        using Pidfd self = Pidfd.TryOpen(Environment.ProcessId)!;
        Assert.True(self.Signal(Urgent));
        Poll poll = new();
        poll.Add(signals.Descriptor);
        Assert.Equal(1, poll.Wait(5000));
        Assert.Equal(Urgent, signals.Next());
        Assert.Equal(0, signals.Next());
    }

    [Fact]
    public void A_holder_of_a_place_shares_no_memory_that_the_oom_killer_would_kill_this_process_for()
    {
        string before = File.ReadAllText("/proc/self/oom_score_adj");
        using HolderProcess holder = HolderProcess.Start(namespaces: 0);

        // The kernel gives all processes that share memory the same score.
        File.WriteAllText($"/proc/{holder.Pid}/oom_score_adj", "999");
        Assert.Equal(before, File.ReadAllText("/proc/self/oom_score_adj"));
    }

    [RootFact]
    public void A_mount_mapped_by_a_user_namespace_shows_other_owners()
    {
        using FileDescriptor mapping = UserNamespaceFd.Create("0 100000 65536", "0 200000 65536");
        using FileDescriptor mount = DetachedMount.Clone(_folder.Path, recursive: false);
        DetachedMount.MapIds(mount, mapping);
        FileStatus status = FileStatus.Of(mount, "mount");
        Assert.Equal((100000U, 200000U), (status.Uid, status.Gid));
        Assert.Equal(NamespaceFlags.CLONE_NEWUSER, NamespaceFlags.TypeOf(mapping));
    }
}

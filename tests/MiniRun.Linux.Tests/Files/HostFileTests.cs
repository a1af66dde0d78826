using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public sealed class HostFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(70_000)]
    public void A_file_up_to_the_bound_is_read_whole(int size)
    {
        string path = _folder.At("file");
        byte[] bytes = [.. Enumerable.Range(0, size).Select(i => (byte)(i * 7))];
        File.WriteAllBytes(path, bytes);
        Assert.Equal(bytes, HostFile.ReadBounded(path, Math.Max(size, 1)));
    }

    [Fact]
    public void A_file_one_byte_over_the_bound_is_refused_and_named()
    {
        string path = _folder.Write("large", new string('x', 101));
        MiniRunException failure = Assert.Throws<MiniRunException>(() => HostFile.ReadBounded(path, 100));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("100 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_file_is_refused_in_bounded_memory()
    {
        Assert.Throws<MiniRunException>(() => HostFile.ReadBounded("/dev/zero", 1 << 20));
    }

    [Fact]
    public void Files_of_the_kernel_that_say_size_zero_are_read_whole()
    {
        Assert.Equal(File.ReadAllText("/proc/self/mountinfo"), HostFile.ReadText("/proc/self/mountinfo", 1 << 20));
    }

    [Fact]
    public void A_replaced_file_has_the_new_contents_and_mode_and_no_temporary_file_stays()
    {
        using FileDescriptor directory = _folder.Open();
        FileReplacement.Write(directory, "state.json", "first and longer"u8);
        FileReplacement.Write(directory, "state.json", "second"u8, durable: true);
        Assert.Equal("second", File.ReadAllText(_folder.At("state.json")));
        Assert.Equal(0x180U, FileStatus.Of(_folder.At("state.json"))!.Value.Mode & FileModes.PermissionBits);
        Assert.Equal(["state.json"], HostDirectory.List(_folder.Path));
    }

    [Theory]
    [InlineData("a symbolic link")]
    [InlineData("a hard link")]
    public void Replacing_does_not_write_to_what_was_planted(string planted)
    {
        string temporary = _folder.At(".state.json.new");
        string victim = _folder.Write("victim", "untouched");
        File.SetUnixFileMode(victim, (UnixFileMode)0x1b6);
        if (planted == "a symbolic link")
        {
            File.CreateSymbolicLink(temporary, victim);
        }
        else
        {
            using FileDescriptor folder = _folder.Open();
            Assert.Equal((Errno)0, FolderEntry.TryLink(folder, "victim"u8, folder, ".state.json.new"u8));
        }

        using FileStream open = File.OpenRead(victim);
        FileReplacement.Write(_folder.At("state.json"), "x"u8);
        Assert.Equal("untouched", new StreamReader(open).ReadToEnd());
        Assert.Equal("x", File.ReadAllText(_folder.At("state.json")));
        Assert.Equal(0x180U, FileStatus.Of(_folder.At("state.json"))!.Value.Mode & FileModes.PermissionBits);
    }

    [Fact]
    public void Folders_are_made_with_all_above_them_and_only_for_their_owner()
    {
        string deep = _folder.At("a/b/c/d");
        HostDirectory.MakeAll(deep);
        HostDirectory.MakeAll(deep);
        Assert.Equal(0x41c0U, FileStatus.Of(_folder.At("a/b"))!.Value.Mode);
        Assert.False(HostDirectory.Make(deep));
        Assert.True(HostDirectory.Make(deep + "/e"));
    }

    [Fact]
    public void A_file_where_a_folder_belongs_is_an_error()
    {
        string file = _folder.Write("file", "");
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<SyscallException>(() => HostDirectory.MakeAll(file)).Errno);
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<SyscallException>(() => HostDirectory.MakeAll(file + "/below")).Errno);
    }

    [Fact]
    public void Listing_gives_every_name_once_however_many_there_are()
    {
        for (int i = 0; i < 1000; i++)
        {
            _folder.Write($"file-with-a-rather-long-name-{i}", "");
        }

        IReadOnlyList<string> names = HostDirectory.List(_folder.Path);
        Assert.Equal(1000, names.Count);
        Assert.Equal(1000, names.Distinct().Count());
    }

    [Fact]
    public void A_lock_keeps_others_out_until_it_is_released()
    {
        using FileDescriptor directory = _folder.Open();
        using (FileLock.Take(directory, "lock"))
        {
            Assert.Null(FileLock.TryTake(directory, "lock"));
        }

        using FileLock? again = FileLock.TryTake(directory, "lock");
        Assert.NotNull(again);
    }

    [Fact]
    public async Task A_lock_whose_file_its_holder_removed_is_taken_anew_on_the_name()
    {
        using FileDescriptor directory = _folder.Open();
        FileLock holder = FileLock.Take(directory, "lock");
        Task<FileLock> waiting = Task.Run(() => FileLock.Take(directory, "lock"));
        await Task.Delay(100);
        HostDirectory.RemoveFile(directory, "lock");
        holder.Dispose();
        using FileLock taken = await waiting;
        Assert.Null(FileLock.TryTake(directory, "lock"));
    }

    [Fact]
    public void No_lock_can_be_taken_in_a_folder_that_was_removed()
    {
        HostDirectory.Make(_folder.At("gone"));
        using FileDescriptor directory = HostFile.OpenDirectory(_folder.At("gone"));
        TreeRemoval.Remove(_folder.At("gone"));
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => FileLock.TryTake(directory, "lock")).Errno);
    }

    [Fact]
    public void What_is_not_there_has_no_status()
    {
        Assert.Null(FileStatus.Of(_folder.At("nothing")));
        Assert.Null(FileStatus.OfLink(_folder.Write("file", "") + "/below"));
    }

    [Fact]
    public void A_links_own_status_differs_from_its_targets()
    {
        File.CreateSymbolicLink(_folder.At("link"), "/etc/passwd");
        Assert.True(FileStatus.OfLink(_folder.At("link"))!.Value.IsSymbolicLink);
        Assert.True(FileStatus.Of(_folder.At("link"))!.Value.IsRegular);
    }

    [Fact]
    public void A_device_nodes_numbers_are_read()
    {
        FileStatus status = FileStatus.Of("/dev/null")!.Value;
        Assert.Equal(FileModes.S_IFCHR, status.Type);
        Assert.Equal((1U, 3U), (status.NodeMajor, status.NodeMinor));
    }

    [Fact]
    public void A_moment_is_written_in_rfc_3339_with_nanoseconds_in_utc()
    {
        DateTimeOffset moment = new DateTimeOffset(2026, 3, 4, 7, 8, 9, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        Assert.Equal("2026-03-04T05:08:09.123456700Z", Timestamps.Format(moment));
        Assert.Equal(moment, DateTimeOffset.Parse(Timestamps.Format(moment)));
    }

    [Fact]
    public void A_sealed_memory_file_reads_back_and_cannot_be_changed()
    {
        using FileDescriptor file = Memfd.CreateSealed("plan", "contents"u8);
        Assert.Equal("contents", Encoding.ASCII.GetString(HostFile.ReadBounded(file, "plan", 100)));
        Assert.Equal(Errno.EPERM, HostFile.TryWrite(file, "x"u8, out _));
        Assert.Equal(Errno.EPERM, Assert.Throws<SyscallException>(() => KernelCall.Check(Libc.ftruncate(file, 1), "ftruncate", "plan")).Errno);
    }
}

using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Build.Copying;

public sealed class FileCopyTests : IDisposable
{
    private const int Tries = 2000;

    private readonly string _base = Directory.CreateTempSubdirectory("minirun-copy-").FullName;
    private readonly FileDescriptor _from;
    private readonly FileDescriptor _to;

    public FileCopyTests()
    {
        Directory.CreateDirectory($"{_base}/from");
        Directory.CreateDirectory($"{_base}/to");
        _from = HostFile.OpenDirectory($"{_base}/from");
        _to = HostFile.OpenDirectory($"{_base}/to");
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
        TreeRemoval.Remove(_base);
    }

    [Fact]
    public void Links_and_fifos_are_copied_with_owner_mode_and_time()
    {
        uint owner = Ids.IsRoot ? 1234u : Ids.Uid;
        FolderEntry.TryMakeSymbolicLink(_from, "link"u8, "nowhere"u8);
        FolderEntry.TryMakeNode(_from, "fifo"u8, FileModes.S_IFIFO | 0x180);
        FolderEntry.SetModified(_from, "link"u8, new FileTime(1000, 7));
        FolderEntry.SetModified(_from, "fifo"u8, new FileTime(2000, 8));
        Copy("link", new CopyRules(Owner: (owner, Ids.Gid), Mode: null));
        Copy("fifo", new CopyRules(Owner: (owner, Ids.Gid), Mode: 0x1b6));

        FileStatus link = FileStatus.OfEntry(_to, "link")!.Value;
        FileStatus fifo = FileStatus.OfEntry(_to, "fifo")!.Value;
        Assert.Equal((owner, new FileTime(1000, 7), true), (link.Uid, link.Modified, link.IsSymbolicLink));
        Assert.Equal((owner, new FileTime(2000, 8), FileModes.S_IFIFO | 0x1b6), (fifo.Uid, fifo.Modified, fifo.Mode));
        Assert.Equal("nowhere", new FileInfo($"{_base}/to/link").LinkTarget);
    }

    /// <summary>A container at work in the destination gives the name to another's file as soon as the copy has it.</summary>
    [Fact]
    public void What_takes_the_copys_name_meanwhile_keeps_owner_and_mode()
    {
        File.WriteAllText($"{_base}/secret", "kept");
        File.SetUnixFileMode($"{_base}/secret", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using FileDescriptor outside = HostFile.OpenDirectory(_base);
        FolderEntry.TryMakeNode(_from, "fifo"u8, FileModes.S_IFIFO | 0x180);
        bool done = false;
        Thread swapping = new(() =>
        {
            while (!Volatile.Read(ref done))
            {
                FolderEntry.TryLink(outside, "secret"u8, outside, "other"u8);
                HostDirectory.Rename($"{_base}/other", $"{_base}/to/fifo");
            }
        });
        swapping.Start();
        try
        {
            for (int i = 0; i < Tries; i++)
            {
                HostDirectory.RemoveFile(_to, "fifo");
                Record.Exception(() => Copy("fifo", new CopyRules(Owner: (Ids.IsRoot ? 1234u : Ids.Uid, Ids.Gid), Mode: 0x1b6)));
                FileStatus secret = FileStatus.Of($"{_base}/secret")!.Value;
                Assert.Equal((FileModes.S_IFREG | 0x180, Ids.Uid), (secret.Mode, secret.Uid));
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            swapping.Join();
        }
    }

    private void Copy(string name, CopyRules rules)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        FileCopy.Make(new SourceEntry(_from, bytes, name, FileStatus.OfEntry(_from, name)!.Value), _to, bytes, rules);
    }
}

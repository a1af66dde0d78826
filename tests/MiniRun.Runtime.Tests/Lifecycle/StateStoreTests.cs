using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Runtime.Tests.Lifecycle;

public sealed class StateStoreTests : IDisposable
{
    private static readonly ContainerId Id = ContainerId.Parse("c1");
    private readonly string _root = Path.Combine(Path.GetTempPath(), "minirun-" + Path.GetRandomFileName());

    [Fact]
    public void Folders_are_closed_to_other_users()
    {
        using StateStore store = StateStore.OpenOrMake(_root);
        using ContainerFolder folder = store.Make(Id);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root + "/c1"));
    }

    [Fact]
    public void An_id_is_taken_once()
    {
        using StateStore store = StateStore.OpenOrMake(_root);
        using ContainerFolder folder = store.Make(Id);

        Assert.Contains("container with id exists", Assert.Throws<MiniRunException>(() => store.Make(Id)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_others_can_write_is_refused()
    {
        Directory.CreateDirectory(_root);
        File.SetUnixFileMode(_root, (UnixFileMode)0x1ff);

        Assert.Contains("others than this user can write", Assert.Throws<MiniRunException>(() => StateStore.OpenOrMake(_root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_root_there_are_no_containers()
    {
        Assert.Empty(new Containers(_root).List());
        Assert.Throws<NoSuchContainerException>(() => new Containers(_root).State(Id));
        new Containers(_root).Delete(Id, force: true);
    }

    [Fact]
    public void A_folder_without_a_state_is_no_container_and_delete_clears_it()
    {
        using (StateStore store = StateStore.OpenOrMake(_root))
        {
            store.Make(Id).Dispose();
        }

        Containers containers = new(_root);
        Assert.Empty(containers.List());
        Assert.Throws<NoSuchContainerException>(() => containers.State(Id));
        containers.Delete(Id, force: true);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void Somebody_elses_lock_is_seen()
    {
        using StateStore store = StateStore.OpenOrMake(_root);
        using ContainerFolder folder = store.Make(Id);
        using ContainerFolder again = store.TryOpen(Id)!;

        using (FileLock held = folder.Lock())
        {
            Assert.True(again.IsLocked());
        }

        Assert.False(again.IsLocked());
    }

    [Fact]
    public void A_removed_folder_that_was_open_does_not_exist_any_more()
    {
        using StateStore store = StateStore.OpenOrMake(_root);
        using ContainerFolder folder = store.Make(Id);
        using ContainerFolder again = store.TryOpen(Id)!;
        folder.Remove();

        Assert.Throws<NoSuchContainerException>(() => again.Lock());
        Assert.Null(again.ReadState());
    }

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}

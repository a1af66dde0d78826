using MiniRun.Engine.Containers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Containers;

public sealed class ContainerStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-store-").FullName;
    private readonly ContainerStore _store;

    public ContainerStoreTests()
    {
        _store = new ContainerStore(DataRoot.Of(_folder, isRoot: true, _ => null));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ContainerRecord Make(string? name)
    {
        ContainerId id = ContainerStore.NewId();
        var record = new ContainerRecord
        {
            Id = id,
            Name = _store.Add(id, name),
            Image = "busybox",
            Command = ["sh", "-c", "exit \"7\""],
            Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Run = ["--tty", "--env=A=\n\u00e4", "busybox", "--rm"],
        };
        _store.Write(record);
        return record;
    }

    [Fact]
    public void An_id_is_64_hexadecimal_digits_and_never_the_same()
    {
        Assert.Matches("^[0-9a-f]{64}$", ContainerStore.NewId().Value);
        Assert.NotEqual(ContainerStore.NewId(), ContainerStore.NewId());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        ContainerRecord record = Make("web");
        ContainerRecord read = _store.Read(record.Id)!;
        Assert.Equal(record.Command, read.Command);
        Assert.Equal(record.Run, read.Run);
        Assert.Equal(record, read with { Command = record.Command, Run = record.Run, Sources = record.Sources, Volumes = record.Volumes, MountedImages = record.MountedImages });
        Assert.True(read.HasOption("--tty"));
        Assert.False(read.HasOption("--rm")); // the program's
    }

    [Fact]
    public void A_life_is_written_by_its_reserve_as_often_as_it_must()
    {
        ContainerRecord record = Make("web");
        Assert.False(_store.IsLifeReserved(record.Id));
        _store.ReserveLife(record.Id);
        _store.ReserveLife(record.Id);
        Assert.True(_store.IsLifeReserved(record.Id));
        Assert.Null(_store.ReadLife(record.Id));
        using FileDescriptor folder = HostFile.OpenDirectory(_store.FolderOf(record.Id));
        for (int run = 0; run < 3; run++)
        {
            string error = new('x', 300 * (3 - run)); // each is shorter than what was there
            ContainerLife life = new() { ExitCode = run, Error = error, Health = new ContainerHealth { Log = [new(record.Created, record.Created, 0, error)] } };
            Assert.True(FileReserve.Replace(folder, ContainerLifeFile.Name, ContainerLifeFile.Write(life.Shortened())));
            ContainerLife read = _store.ReadLife(record.Id)!;
            Assert.Equal((run, error[..Math.Min(256, error.Length)]), (read.ExitCode, read.Error));
            Assert.Empty(read.Health!.Log);
            Assert.True(_store.IsLifeReserved(record.Id));
        }

        string longest = new('\u0001', 10_000);
        Assert.True(ContainerLifeFile.Write(new ContainerLife { Started = record.Created, Finished = record.Created, ExitCode = 255, Error = longest, Health = new ContainerHealth() }.Shortened()).Length <= FileReserve.Size);
        _store.WriteLife(record.Id, new ContainerLife { ExitCode = 9 });
        Assert.Equal(9, _store.ReadLife(record.Id)!.ExitCode);
    }

    [Fact]
    public void A_life_is_read_as_it_was_written()
    {
        ContainerRecord record = Make("web");
        Assert.Null(_store.ReadLife(record.Id));
        ContainerLife life = new() { Started = record.Created, Finished = record.Created.AddTicks(12345), ExitCode = 137, OutOfMemory = true, Error = "a \"reason\"", Restarts = 3, Restarting = true, Stopped = true };
        foreach (ContainerLife written in (ContainerLife[])[life, new()])
        {
            _store.WriteLife(record.Id, written);
            Assert.Equal(written, _store.ReadLife(record.Id));
        }
    }

    [Fact]
    public void A_container_is_found_by_its_new_name_alone()
    {
        ContainerRecord record = Make("web");
        ContainerRecord other = Make("db");
        Assert.Throws<MiniRunException>(() => _store.Rename(record, "db"));
        _store.Rename(record, "site");
        Assert.Equal(record.Id, _store.Find("site"));
        Assert.Equal("site", _store.Read(record.Id)!.Name);
        Assert.Throws<MiniRunException>(() => _store.Find("web"));
        Assert.Equal(other.Id, _store.Find("db"));
    }

    [Fact]
    public void A_name_in_use_is_refused_with_its_holders_id_and_leaves_nothing()
    {
        ContainerRecord holder = Make("web");
        MiniRunException refused = Assert.Throws<MiniRunException>(() => Make("web"));
        Assert.Contains($"The container name \"/web\" is already in use by container \"{holder.Id}\"", refused.Message);
        Assert.Equal([holder.Id], _store.List());
    }

    [Fact]
    public void A_removed_containers_name_is_free_and_its_folder_gone()
    {
        ContainerRecord first = Make("web");
        File.WriteAllText($"{_store.FolderOf(first.Id)}/hosts", "x");
        Directory.CreateDirectory($"{_store.FolderOf(first.Id)}/upper/a/b");
        _store.Remove(first.Id);
        Assert.False(Directory.Exists(_store.FolderOf(first.Id)));
        Assert.Equal("web", Make("web").Name);
    }

    [Fact]
    public void A_name_whose_holder_has_no_folder_is_free()
    {
        ContainerRecord dead = Make("web");
        Directory.Delete(_store.FolderOf(dead.Id), recursive: true);
        Assert.Equal("web", Make("web").Name);
    }

    [Fact]
    public void A_container_without_a_name_gets_one_that_is_free()
    {
        string first = Make(null).Name;
        string second = Make(null).Name;
        Assert.Matches("^[a-z]+_[a-z]+", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_container_is_found_by_name_id_and_the_beginning_of_its_id()
    {
        ContainerRecord record = Make("web");
        Assert.Equal(record.Id, _store.Find("web"));
        Assert.Equal(record.Id, _store.Find(record.Id.Value));
        Assert.Equal(record.Id, _store.Find(record.Id.Short));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("../web")]
    [InlineData(".lock")]
    public void What_is_no_container_is_named_in_the_error(string reference)
    {
        Make("web");
        Assert.Contains("No such container: " + reference, Assert.Throws<MiniRunException>(() => _store.Find(reference)).Message);
    }

    [Fact]
    public void A_beginning_that_fits_several_ids_is_refused() =>
        Assert.Contains("Multiple IDs", Assert.Throws<MiniRunException>(() => ContainerReference.ByPrefix("ab", [ContainerId.Parse("abc"), ContainerId.Parse("abd")])).Message);

    [Fact]
    public void A_half_made_container_is_listed_and_can_be_removed()
    {
        ContainerId id = ContainerStore.NewId();
        _store.Add(id, "half");
        Assert.Null(_store.Read(id));
        Assert.Equal([id], _store.List());
        _store.Remove(id);
        Assert.Empty(_store.List());
        Assert.Equal("half", Make("half").Name);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"x\"}")]
    [InlineData("{\"id\":5,\"name\":\"a\",\"image\":\"b\",\"command\":[],\"created\":\"x\"}")]
    public void A_damaged_record_is_an_error_with_its_remedy_and_can_be_removed(string json)
    {
        ContainerRecord record = Make("web");
        File.WriteAllText($"{_store.FolderOf(record.Id)}/container.json", json);
        Assert.Contains("rm -f", Assert.Throws<MiniRunException>(() => _store.Read(record.Id)).Message);
        _store.Remove(record.Id);
        Assert.Equal("web", Make("web").Name);
    }

    [Fact]
    public void Containers_are_closed_to_other_users()
    {
        ContainerRecord record = Make("web");
        UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(own, File.GetUnixFileMode(_store.FolderOf(record.Id)));
        Assert.Equal(own, File.GetUnixFileMode(_store.Data.Containers));
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("/web", "web")]
    [InlineData("a.b-c_1", "a.b-c_1")]
    public void A_name_has_letters_digits_dots_and_hyphens(string text, string name) => Assert.Equal(name, ContainerName.Check(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(".ab")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("../../etc")]
    public void A_name_that_could_leave_its_folder_is_refused(string text) =>
        Assert.Contains("Invalid container name", Assert.Throws<MiniRunException>(() => ContainerName.Check(text)).Message);
}

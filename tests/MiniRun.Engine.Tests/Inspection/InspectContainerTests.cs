using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Inspection;

public sealed class InspectContainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-inspect-").FullName;
    private readonly ContainerStore _store;
    private readonly InspectContainer _inspect;

    public InspectContainerTests()
    {
        _store = new ContainerStore(DataRoot.Of(_folder, isRoot: true, _ => null));
        _inspect = new InspectContainer(new ContainerFacts(_store, words => new RunRequest { Image = words[^1] }), new Runtime.Lifecycle.Containers($"{_folder}/state"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_container_is_found_by_name_and_by_the_beginning_of_its_id()
    {
        ContainerId id = Add("web", ["--tty", "no-img"]);
        Assert.Equal(id, _inspect.TryInspect("web", size: false)!.Id);
        Assert.Equal(id, _inspect.TryInspect(id.Value[..5], size: false)!.Id);
        Assert.Null(_inspect.TryInspect("nobody", size: false));
        Assert.Null(_inspect.TryInspect("not/a:name", size: false));
    }

    [Fact]
    public void What_it_wrote_is_counted_with_its_image_or_not()
    {
        ContainerId id = Add("web", ["no-img"]);
        Directory.CreateDirectory($"{_store.FolderOf(id)}/upper/a");
        File.WriteAllText($"{_store.FolderOf(id)}/upper/a/file", "12345");
        Assert.Null(_inspect.TryInspect("web", size: false)!.Size);
        Assert.Equal(new ContainerSize(5, 5), _inspect.TryInspect("web", size: true)!.Size);

        Directory.CreateDirectory($"{_store.FolderOf(id)}/rootfs");
        File.WriteAllText($"{_store.FolderOf(id)}/rootfs/file", "123");
        Assert.True(_inspect.TryInspect("web", size: true)!.Copied);
        Assert.Equal(new ContainerSize(3, 3), _inspect.TryInspect("web", size: true)!.Size);
    }

    [Fact]
    public void A_half_made_or_damaged_one_is_shown_dead()
    {
        ContainerId id = ContainerStore.NewId();
        _store.Add(id, "half");
        ContainerDetails half = _inspect.TryInspect("half", size: false)!;
        Assert.Equal((ContainerPhase.Dead, "half"), (half.Summary.Phase, half.Record.Name));
        File.WriteAllText($"{_store.FolderOf(id)}/container.json", "{");
        Assert.Equal(ContainerPhase.Dead, _inspect.TryInspect("half", size: false)!.Summary.Phase);
    }

    [Fact]
    public void The_words_that_make_it_again_have_its_name()
    {
        Add("web", ["--tty", "no-img", "sh"]);
        Add("step", []);
        Assert.Equal(["run", "--name=web", "--tty", "no-img", "sh"], _inspect.RunWordsOf("web"));
        Assert.Contains("did not write down", Assert.Throws<MiniRunException>(() => _inspect.RunWordsOf("step")).Message, StringComparison.Ordinal);
        Assert.StartsWith("No such container: gone", Assert.Throws<MiniRunException>(() => _inspect.RunWordsOf("gone")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_record_end_at_its_image()
    {
        Add("web", ["--label=a=b", "--rm", "--label=c=", "no-img", "--label=d=e", "--tty"]);
        ContainerRecord record = _store.Read(_store.Find("web"))!;
        Assert.Equal(["a=b", "c="], record.OptionValues("--label"));
        Assert.Empty(record.OptionValues("--lab"));
        Assert.True(record.HasOption("--rm"));
        Assert.False(record.HasOption("--tty"));
    }

    private ContainerId Add(string name, string[] words)
    {
        ContainerId id = ContainerStore.NewId();
        _store.Add(id, name);
        _store.Write(new ContainerRecord { Id = id, Name = name, Image = "no-img", Command = ["true"], Created = DateTimeOffset.UnixEpoch, Run = words });
        return id;
    }
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Listing;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Listing;

/// <summary>`ps` over a store of containers of which none runs: web (newest), db, old, and a half-made one.</summary>
public sealed class SelectContainersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-select-").FullName;
    private readonly ContainerStore _store;
    private readonly ContainerId _web;

    public SelectContainersTests()
    {
        _store = new ContainerStore(DataRoot.Of(_folder, isRoot: true, _ => null));
        Add("old", 1, "other:1", new ContainerLife { Started = At(1), Finished = At(2), ExitCode = 3 }, "--label=tier=back");
        Add("db", 2, "no-img", new ContainerLife { Started = At(2), Finished = At(3), ExitCode = 0, Health = new ContainerHealth { Status = "unhealthy" } }, "--label=tier=back", "--label=app=shop", "--network=host");
        _web = Add("web", 3, "no-img", life: null, "--label=app=shop");
        _store.Add(ContainerStore.NewId(), "half");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_comes_first_and_what_does_not_run_only_with_all()
    {
        Assert.Empty(Select(new ContainerSelection()));
        Assert.Equal(["web", "db", "old", ""], Select(new ContainerSelection { All = true }));
        Assert.Equal(["web", "db"], Select(new ContainerSelection { Last = 2 }));
        Assert.Equal(["db"], Select(new ContainerSelection { Last = 1, Filters = ContainerFilters.Parse(["exited=0"]) }));
        Assert.Empty(Select(new ContainerSelection { Last = -1 }));
        Assert.Equal(["db", "old"], Select(new ContainerSelection { Filters = ContainerFilters.Parse(["status=exited"]) }));
        Assert.Empty(Select(new ContainerSelection { Filters = ContainerFilters.Parse(["exited=0"]) })); // as docker: without -a
    }

    [Theory]
    [InlineData("web db", "name=web", "name=^/db$")]
    [InlineData("web", "name=w")]
    [InlineData("db", "name=^d")]
    [InlineData("web db", "name=^(w.*b|d[a-c])$")]
    [InlineData("", "name=^w\\.b$")]
    [InlineData("db old", "label=tier")]
    [InlineData("db", "label=tier=back", "label=app")]
    [InlineData("", "label=tier=front")]
    [InlineData("db old", "exited=0", "exited=3")]
    [InlineData("web", "status=created")]
    [InlineData("", "status=created", "exited=0")]
    [InlineData("web db old", "status=created", "status=exited")]
    [InlineData("", "status=running")]
    [InlineData("web db", "ancestor=no-img")]
    [InlineData("web db", "ancestor=no-img:latest")]
    [InlineData("old", "ancestor=other:1")]
    [InlineData("", "ancestor=no-img:2")]
    [InlineData("old", "before=db")]
    [InlineData("web", "since=db")]
    [InlineData("db", "since=old", "before=web")]
    [InlineData("db", "network=host")]
    [InlineData("web old", "network=none")]
    [InlineData("", "network=bridge")]
    [InlineData("db", "health=unhealthy")]
    [InlineData("", "volume=/data")]
    [InlineData("old", "volume=/vol-old")]
    [InlineData("db", "volume=/dst-db")]
    [InlineData("", "publish=80")]
    [InlineData("", "expose=80/tcp")]
    [InlineData("", "is-task=true")]
    [InlineData("web db old", "is-task=false", "name=.")]
    [InlineData("old", " NAME = old ")]
    public void Filters_choose(string names, params string[] filters) =>
        Assert.Equal(names, string.Join(' ', Select(new ContainerSelection { All = true, Filters = ContainerFilters.Parse(filters) }).Where(name => name.Length > 0)));

    [Fact]
    public void An_id_may_be_shortened()
    {
        Assert.Equal(["web"], Select(new ContainerSelection { All = true, Filters = ContainerFilters.Parse([$"id=^{_web.Value[..12]}"]) }));
        Assert.Empty(Select(new ContainerSelection { All = true, Filters = ContainerFilters.Parse(["id=^xyz"]) }));
    }

    [Theory]
    [InlineData("color=red", "invalid filter 'color': there are ancestor, before, ")]
    [InlineData("status=gone", "invalid filter 'status=gone': there are created, ")]
    [InlineData("name=(", "invalid filter 'name=(': \"(\" is no regular expression")]
    [InlineData("exited=many", "invalid filter 'exited=many': ")]
    [InlineData("health=ill", "invalid filter 'health=ill': ")]
    [InlineData("is-task=perhaps", "invalid filter 'is-task=perhaps': ")]
    [InlineData("web", "invalid argument \"web\" for \"-f, --filter\" flag: bad format of filter (expected name=value)")]
    public void What_is_no_filter_is_refused_in_dockers_words(string filter, string message) =>
        Assert.StartsWith(message, Assert.Throws<MiniRunException>(() => ContainerFilters.Parse([filter])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_filter_that_points_at_nothing_is_refused() => Assert.StartsWith(
        "No such container: gone",
        Assert.Throws<MiniRunException>(() => Select(new ContainerSelection { Filters = ContainerFilters.Parse(["before=gone"]) })).Message,
        StringComparison.Ordinal);

    private static DateTimeOffset At(int minute) => new(2026, 1, 2, 3, minute, 0, TimeSpan.Zero);

    private List<string> Select(ContainerSelection selection)
    {
        var facts = new ContainerFacts(_store, Read);
        return [.. new SelectContainers(facts, new Runtime.Lifecycle.Containers($"{_folder}/state")).Select(selection).Select(container => container.Record?.Name ?? "")];
    }

    /// <summary>Stands for the reader of command lines: a mount named after the container's last word.</summary>
    private static RunRequest Read(IReadOnlyList<string> words) => new()
    {
        Image = "no-img",
        Files = new FileChoices { Mounts = [new BindMount { Source = $"/vol-{words[^1]}", Destination = $"/dst-{words[^1]}", MakeSource = true, Origin = "" }] },
    };

    private ContainerId Add(string name, int minute, string image, ContainerLife? life, params string[] options)
    {
        ContainerId id = ContainerStore.NewId();
        _store.Add(id, name);
        _store.Write(new ContainerRecord { Id = id, Name = name, Image = image, Command = ["true"], Created = At(minute), Run = [.. options, image, name] });
        if (life is not null)
        {
            _store.WriteLife(id, life);
        }

        return id;
    }
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Volumes;

public sealed class VolumeStoreTests : IDisposable
{
    private readonly DataRoot _data = DataRoot.Of(Directory.CreateTempSubdirectory("minirun-volumes-").FullName, isRoot: true, _ => null);
    private readonly VolumeStore _store;
    private readonly ContainerStore _containers;

    public VolumeStoreTests()
    {
        _store = new VolumeStore(_data);
        _containers = new ContainerStore(_data);
    }

    public void Dispose() => Directory.Delete(_data.Folder, recursive: true);

    private static Volume New(string name, params string[] labels) => new()
    {
        Name = VolumeName.Parse(name),
        Created = DateTimeOffset.UnixEpoch,
        Labels = [.. labels.Select(label => LabelOption.Parse(label, "--label"))],
    };

    private void Use(params RecordedVolume[] volumes)
    {
        ContainerId id = ContainerStore.NewId();
        _containers.Write(new ContainerRecord { Id = id, Name = _containers.Add(id, null), Image = "i", Command = [], Created = DateTimeOffset.UtcNow, Volumes = volumes });
    }

    [Fact]
    public void A_volume_is_made_once_found_listed_and_removed()
    {
        _store.Create(New("data", "a=b"));
        _store.Create(New("data", "other=1"));
        _store.Create(New("also"));
        Assert.Equal(["also", "data"], _store.List().Select(volume => volume.Name.Value));
        Volume found = _store.Find(VolumeName.Parse("data"))!;
        Assert.Equal([KeyValuePair.Create("a", "b")], found.Labels);
        Assert.Equal(DateTimeOffset.UnixEpoch, found.Created);
        new RemoveVolume(_containers).Remove("data", force: false);
        Assert.Null(_store.Find(VolumeName.Parse("data")));
        Assert.Equal("get data: no such volume", Assert.Throws<NoSuchVolumeException>(() => new RemoveVolume(_containers).Remove("data", force: false)).Message);
        new RemoveVolume(_containers).Remove("data", force: true);
        new RemoveVolume(_containers).Remove("../also", force: true);
        Assert.Single(_store.List());
    }

    [Fact]
    public void Of_many_who_make_a_volume_at_once_one_does()
    {
        Parallel.For(0, 32, i => _store.Create(New("data", $"i={i}")));
        Assert.Single(_store.List());
        Assert.Equal([".lock", "data"], Directory.EnumerateFileSystemEntries(_data.Volumes).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_are_the_callers_alone_but_for_the_files()
    {
        _store.Create(New("data"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_data.Volumes));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode($"{_data.Volumes}/data"));
        Assert.True(File.GetUnixFileMode($"{_data.Volumes}/data/_data").HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public void A_volume_in_use_is_not_removed_and_says_by_whom()
    {
        _store.Create(New("data"));
        Use(new RecordedVolume(VolumeName.Parse("data"), "/d", Anonymous: false));
        Assert.Matches("^remove data: volume is in use - \\[[0-9a-f]{64}\\]$", Assert.Throws<MiniRunException>(() => new RemoveVolume(_containers).Remove("data", force: true)).Message);
        Assert.Empty(new RemoveVolume(_containers).Prune(_ => true).Deleted);
    }

    [Fact]
    public void What_killed_processes_left_is_swept_and_listed_by_nobody()
    {
        _store.Create(New("data"));
        Directory.CreateDirectory($"{_data.Volumes}/.abc.new/_data");
        Directory.CreateDirectory($"{_data.Volumes}/.data.gone/_data");
        File.Delete($"{_data.Volumes}/data/{VolumeFile.Name}");
        Assert.Equal("data", Assert.Single(_store.List()).Name.Value);
        new RemoveVolume(_containers).Remove("data", force: false);
        Assert.Equal([".lock"], Directory.EnumerateFileSystemEntries(_data.Volumes).Select(Path.GetFileName));
    }

    [Fact]
    public void Links_in_a_removed_volume_lead_nowhere()
    {
        _store.Create(New("data"));
        string kept = Directory.CreateDirectory($"{_data.Folder}/kept").FullName;
        File.WriteAllText($"{kept}/file", "");
        Directory.CreateSymbolicLink($"{_data.Volumes}/data/_data/link", kept);
        new RemoveVolume(_containers).Remove("data", force: false);
        Assert.True(File.Exists($"{kept}/file"));
    }

    [Fact]
    public void Filters_choose()
    {
        _store.Create(New("data", "tier=gold"));
        _store.Create(New("cache"));
        Use(new RecordedVolume(VolumeName.Parse("cache"), "/d", Anonymous: false));
        Assert.Equal(["data"], Names("name=at"));
        Assert.Equal(["cache", "data"], Names("name=at", "name=ach"));
        Assert.Equal(["data"], Names("label=tier"));
        Assert.Equal([], Names("label=tier=silver"));
        Assert.Equal(["data"], Names("dangling=true"));
        Assert.Equal(["cache"], Names("dangling=0"));
        Assert.Equal([], Names("driver=nfs"));
        Assert.Contains("invalid filter 'colour'", Assert.Throws<MiniRunException>(() => Names("colour=red")).Message);
    }

    [Fact]
    public void The_record_of_a_container_keeps_its_volumes_and_images()
    {
        var record = new ContainerRecord
        {
            Id = ContainerStore.NewId(),
            Name = "n",
            Image = "i",
            Command = [],
            Created = DateTimeOffset.UtcNow,
            Mounts = ["--mount=type=volume,source=data,target=/d"],
            Volumes = [new RecordedVolume(VolumeName.Parse("data"), "/d", Anonymous: true)],
            MountedImages = [new RecordedImageMount("/i", "other", Digest.Parse("sha256:" + new string('a', 64), "test")), new RecordedImageMount("/j", "sample", null)],
        };
        ContainerRecord read = ContainerRecordFile.Read(ContainerRecordFile.Write(record), "file");
        Assert.Equal(record.Mounts, read.Mounts);
        Assert.Equal(record.Volumes, read.Volumes);
        Assert.Equal(record.MountedImages, read.MountedImages);
    }

    private IEnumerable<string> Names(params string[] filters)
    {
        VolumeFilter filter = VolumeFilter.Parse(filters, prunes: false);
        Lazy<VolumeUsers> users = new(() => VolumeUsers.Read(_containers));
        return _store.List().Where(volume => filter.Takes(volume, users)).Select(volume => volume.Name.Value);
    }
}

using System.Text;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Containers;

public sealed class ContainerRecordTests
{
    private static readonly ContainerRecord s_record = new()
    {
        Id = ContainerStore.NewId(),
        Name = "n",
        Image = "i",
        Command = [],
        Created = DateTimeOffset.UtcNow,
        Sources = new Dictionary<string, string> { ["/a"] = "/srv/\u00e4 \"x\"", ["/b"] = "/" },
        Ids = new RecordedIds(100_000, 65_536, 200_000, 1),
    };

    private static ContainerRecord Read(ContainerRecord record, string old = "", string changed = "") =>
        ContainerRecordFile.Read(Encoding.UTF8.GetBytes(Replaced(Encoding.UTF8.GetString(ContainerRecordFile.Write(record)), old, changed)), "file");

    private static string Replaced(string text, string old, string changed)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return old.Length == 0 ? text : text.Replace(old, changed, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_and_ids_are_read_as_they_were_written()
    {
        ContainerRecord read = Read(s_record);
        Assert.Equal(s_record.Sources, read.Sources);
        Assert.Equal(s_record.Ids, read.Ids);
        Assert.Equal((0, (RecordedIds?)null), (Read(s_record with { Sources = new Dictionary<string, string>(), Ids = null }).Sources.Count, Read(s_record with { Ids = null }).Ids));
    }

    [Theory]
    [InlineData("\"path\":\"/\"", "\"path\":\"srv\"")]
    [InlineData("\"path\":\"/\"", "\"path\":null")]
    [InlineData("\"path\":\"/\"", "\"place\":\"/\"")]
    [InlineData("\"sources\":[", "\"sources\":[1,")]
    [InlineData("\"uid\":100000", "\"uid\":-1")]
    [InlineData("\"gids\":1", "\"gids\":\"1\"")]
    [InlineData(",\"gids\":1", "")]
    public void A_damaged_one_is_refused(string old, string changed) =>
        Assert.Contains("file is damaged", Assert.Throws<MiniRunException>(() => Read(s_record, old, changed)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_an_older_record_does_not_say_is_the_path_as_it_was_given()
    {
        UserMount[] mounts = [VolumeOption.Parse("/srv/a:/a", "-v", "/"), VolumeOption.Parse("/srv/other:/other", "-v", "/"), VolumeOption.Parse("name:/v", "-v", "/")];
        Assert.Equal(["/srv/\u00e4 \"x\"", "/srv/other", null], HostSources.FromRecord(mounts, s_record.Sources).Select(mount => ((SourcedMount)mount).Resolved));
        Assert.Equal(["/srv/a", "/srv/other", null], HostSources.FromRecord(mounts, new Dictionary<string, string>()).Select(mount => ((SourcedMount)mount).Resolved));
    }
}

using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What is done with images that are here: listed, named, shown and removed.</summary>
[Collection(ContainerTests.Name)]
public sealed class ImageCommandTests : IDisposable
{
    private readonly ContainerHost host;
    private readonly ImageHost images;

    public ImageCommandTests(ContainerHost host)
    {
        this.host = host;
        images = new ImageHost(host);
        TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
    }

    [Fact]
    public void Images_are_listed_as_a_table_as_ids_with_digests_and_as_json()
    {
        string id = images.Run("images", "-q").Succeeded();
        Assert.Matches("^[0-9a-f]{12}$", id);
        string[] table = images.Run("images").Lines();
        Assert.Equal(["REPOSITORY   TAG       IMAGE ID", "app          1         " + id], [table[0][..31].TrimEnd(), table[1][..35]]);
        Assert.Contains("DIGEST", images.Run("images", "--digests").Lines()[0], StringComparison.Ordinal);
        Assert.StartsWith($"sha256:{id}", images.Run("images", "-q", "--no-trunc", "app").Succeeded(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(images.Run("images", "--format=json").Succeeded());
        Assert.Equal(("app", "1", id), (Text(json, "Repository"), Text(json, "Tag"), Text(json, "ID")));
        Assert.Equal($"app:1 {id}", images.Run("images", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}").Succeeded().Trim());
        Assert.Equal(["TAG       IMAGE ID", $"1         {id}"], images.Run("images", "--format", @"table {{.Tag}}\t{{.ID}}").Lines());
        Assert.Equal("[app:1] linux", images.Run("inspect", "-f", "{{.RepoTags}} {{.Os}}", "app:1").Succeeded().Trim());
        images.Run("inspect", "-f", "{{.Nope}}", "app:1").FailedInOneLine(1, "map has no entry for key");
        images.Run("inspect", "-f", "{{.Nope", "app:1").FailedInOneLine(64, "unclosed action");
        Assert.Equal("", images.Run("images", "-q", "other").Succeeded());
        Assert.Equal("", images.Run("images", "-q", "--filter=dangling=true").Succeeded());
        images.Run("images", "--filter=size=1").FailedInOneLine(125, "--filter size=1", "dangling=true");
    }

    [Fact]
    public void A_tag_is_one_more_name_and_each_name_goes_for_itself()
    {
        string id = images.Run("images", "-q").Succeeded();
        images.Run("tag", "app:1", "localhost:5000/team/app").Succeeded();
        images.Run("tag", id, "other:2").Succeeded();
        Assert.Equal(id, images.Run("images", "-q").Succeeded());
        Assert.Equal("ran", images.Run("run", "--rm", "localhost:5000/team/app", "echo", "ran").Succeeded());

        Assert.Equal("Untagged: app:1", images.Run("rmi", "app:1").Succeeded());
        images.Run("rmi", id).FailedInOneLine(1, "conflict", id, "referenced in 2 names", "-f");
        Assert.Equal("Untagged: other:2", images.Run("rmi", "other:2").Succeeded());
        string[] removed = images.Run("rmi", "localhost:5000/team/app").Lines();
        Assert.Equal("Untagged: localhost:5000/team/app:latest", removed[0]);
        Assert.StartsWith($"Deleted: sha256:{id}", removed[1], StringComparison.Ordinal);
        AssertEmpty();
        images.Run("rmi", "app:1").FailedInOneLine(1, "No such image: app:1");
        images.Run("tag", "app:1", "app:2").FailedInOneLine(1, "No such image: app:1");
    }

    [Fact]
    public void An_image_goes_by_its_id_and_with_force_all_its_names()
    {
        string id = images.Run("images", "-q").Succeeded();
        images.Run("tag", "app:1", "app:2").Succeeded();
        string[] removed = images.Run("rmi", "-f", id[..6]).Lines();
        Assert.Equal(["Untagged: app:1", "Untagged: app:2"], removed[..2]);
        AssertEmpty();
    }

    [Fact]
    public void An_image_that_a_stopped_container_is_made_of_stays()
    {
        images.Run("run", "--name=stopped", "app:1", "true").Succeeded();
        images.Run("rmi", "app:1").FailedInOneLine(1, "conflict", "app:1", "stopped container", "minirun rm");
        images.Run("image", "prune", "-af").Succeeded();
        Assert.Single(images.Run("images", "-q").Lines(), line => line.Length == 12);
        Assert.Matches("^Images +1 +1 ", images.Run("system", "df").Lines()[1]);
        images.Run("rm", "stopped").Succeeded();
        Assert.Matches("^Images +1 +0 ", images.Run("system", "df").Lines()[1]);
        images.Run("rmi", "app:1").Succeeded();
        AssertEmpty();
    }

    [Fact]
    public void An_image_that_another_takes_the_name_of_is_nameless_and_pruned()
    {
        string old = images.Run("images", "-q").Succeeded();
        TestImages.Load(host, images, TestImages.Busybox(host, """{"Env":["PATH=/bin","AGE=new"]}"""), "app:1");
        Assert.Equal(old, images.Run("images", "-q", "--filter=dangling=true").Succeeded());
        Assert.Contains($"untagged: sha256:", images.Run("image", "prune", "-f").Succeeded(), StringComparison.Ordinal);
        Assert.Equal("new", images.Run("run", "--rm", "app:1", "sh", "-c", "echo $AGE").Succeeded());
        Assert.DoesNotContain(old, images.Run("images", "-q").Lines());
        Assert.Equal(3, images.Blobs.Count);
        Assert.Contains("Are you sure", images.RunWithInput("n\n", "image", "prune", "-a").Succeeded(), StringComparison.Ordinal);
        images.RunWithInput("y\n", "image", "prune", "-a").Succeeded();
        AssertEmpty();
    }

    [Fact]
    public void History_and_inspect_show_what_the_configuration_says()
    {
        string source = TestImages.Busybox(host);
        host.Program("umoci", "config", "--image", source["oci:".Length..], "--config.label=made=here", "--history.created_by=LABEL made=here", "--history.comment=a comment").Succeeded();
        TestImages.Load(host, images, source, "described:1");

        string[] history = images.Run("history", "described:1").Lines();
        Assert.Matches("^IMAGE +CREATED +CREATED BY +SIZE +COMMENT$", history[0].TrimEnd());
        Assert.Matches("^[0-9a-f]{12} .*LABEL made=here +0B +a comment", history[1]);
        using JsonDocument json = JsonDocument.Parse(images.Run("inspect", "described:1").Succeeded());
        JsonElement image = json.RootElement[0];
        Assert.Equal("here", image.GetProperty("Config").GetProperty("Labels").GetProperty("made").GetString());
        Assert.Equal("described:1", image.GetProperty("RepoTags")[0].GetString());
        Assert.Equal("linux/amd64", $"{image.GetProperty("Os")}/{image.GetProperty("Architecture")}");
        ProgramResult absent = images.Run("inspect", "absent");
        absent.FailedInOneLine(1, "no such object: absent");
        Assert.Equal("[]\n", absent.Output);
    }

    public void Dispose() => images.Dispose();

    private static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private void AssertEmpty()
    {
        Assert.Equal("", images.Run("images", "-q").Succeeded());
        Assert.Empty(images.Blobs);
        Assert.Empty(images.Staged);
        Assert.Empty(Directory.GetFileSystemEntries($"{images.Data}/layers"));
    }
}

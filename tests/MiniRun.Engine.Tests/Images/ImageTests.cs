using System.Text;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images;

public sealed class ImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-images-").FullName;
    private readonly SampleImages _images;

    public ImageTests()
    {
        _images = new SampleImages(DataRoot.Of(_folder, isRoot: true, _ => null));
        Directory.CreateDirectory($"{_folder}/samples/tiny/rootfs");
        File.WriteAllText($"{_folder}/samples/tiny/image.json", """{"Env":["A=1"],"Entrypoint":null,"Cmd":["/bin/sh"],"WorkingDir":"/w","User":"app","Labels":{"x":"y"}}""");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny:latest")]
    public void A_sample_is_found_by_name(string reference)
    {
        Image image = _images.TryFind(reference)!;
        Assert.Equal($"{_folder}/samples/tiny/rootfs", Assert.Single(image.Layers));
        Assert.Equal(["A=1"], image.Config.Env);
        Assert.Empty(image.Config.Entrypoint);
        Assert.Equal(["/bin/sh"], image.Config.Cmd);
        Assert.Equal(("/w", "app"), (image.Config.WorkingDir, image.Config.User));
    }

    [Fact]
    public void A_sample_without_a_configuration_has_an_empty_one()
    {
        File.Delete($"{_folder}/samples/tiny/image.json");
        Assert.Empty(_images.TryFind("tiny")!.Config.Cmd);
    }

    [Fact]
    public void The_samples_that_are_there_can_be_named() => Assert.Equal("there are tiny", _images.Known());

    [Theory]
    [InlineData("no-such-sample")]
    [InlineData("../tiny")]
    [InlineData("")]
    [InlineData("tiny/rootfs")]
    [InlineData(".tiny")]
    [InlineData("docker.io/library/nginx")]
    public void What_is_no_sample_is_not_found(string reference) => Assert.Null(_images.TryFind(reference));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Cmd\":\"sh\"}")]
    [InlineData("{\"Cmd\":[null]}")]
    [InlineData("{\"User\":1000}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}")]
    public void What_is_no_configuration_is_an_error_with_the_files_name(string json) =>
        Assert.StartsWith("image.json is not an image configuration", Assert.Throws<MiniRunException>(() => ImageConfigReader.Read(Encoding.UTF8.GetBytes(json), "image.json")).Message);

    [Fact]
    public void The_data_root_is_roots_or_the_users()
    {
        Assert.Equal("/var/lib/minirun", DataRoot.Of(null, isRoot: true, _ => null).Folder);
        Assert.Equal("/x/minirun", DataRoot.Of(null, isRoot: false, name => name == "XDG_DATA_HOME" ? "/x" : null).Folder);
        Assert.Equal("/h/.local/share/minirun", DataRoot.Of(null, isRoot: false, name => name == "HOME" ? "/h" : null).Folder);
        Assert.Equal("/mine", DataRoot.Of("/mine/", isRoot: true, _ => null).Folder);
        Assert.Throws<MiniRunException>(() => DataRoot.Of(null, isRoot: false, _ => null));
        Assert.Throws<MiniRunException>(() => DataRoot.Of("mine", isRoot: true, _ => null));
    }
}

using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>The Dockerfiles of Builds/, one for each hard feature, built by minirun and by buildah: the images must say the same and hold the same files.</summary>
[Collection(ContainerTests.Name)]
public sealed class BuildComparisonTests(ContainerHost host)
{
    [Theory]
    [InlineData("seed")]
    [InlineData("multistage")]
    [InlineData("variables")]
    [InlineData("copies")]
    [InlineData("ignored")]
    [InlineData("owners")]
    [InlineData("archives")]
    [InlineData("changes")]
    [InlineData("folders")]
    [InlineData("shells")]
    [InlineData("metadata")]
    [InlineData("scratch")]
    public void Minirun_and_buildah_build_the_same(string name)
    {
        string folder = host.NewFolder($"build-{name}");
        string context = Context(name, folder);
        string data = Path.Combine(folder, "data");
        Directory.CreateDirectory($"{data}/samples");
        host.Bash($"cp -a {host.Data}/samples/busybox {data}/samples/").Succeeded();
        File.WriteAllText($"{folder}/base", "FROM busybox\n");
        Build(data, "-f", $"{folder}/base", "-t", "base", folder);
        var buildah = new Buildah(host, data, $"{folder}/buildah");
        buildah.Take("base");
        Build(data, "--build-arg", "given=yes", "-t", "mine", context);
        buildah.Take("mine");
        buildah.Build(context, "theirs");
        Assert.Equal(buildah.Config("theirs"), buildah.Config("mine"));
        Assert.Equal(buildah.Tree("theirs"), buildah.Tree("mine"));
        Directory.Delete(folder, recursive: true);
    }

    private void Build(string data, params string[] arguments) => host.Run(["build", "--data-root", data, .. arguments]).Succeeded();

    private string Context(string name, string folder)
    {
        string source = Path.Combine(host.Repository, "tests/MiniRun.Integration.Tests/Builds", name);
        host.Bash($"umask 022; cp -a {source} {folder}/context; cd {folder}/context; ! test -f context.sh || {{ . ./context.sh; rm -f context.sh; }}").Succeeded();
        return $"{folder}/context";
    }
}

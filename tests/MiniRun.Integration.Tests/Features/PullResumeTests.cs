using System.Globalization;
using System.Security.Cryptography;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Pulls that die midway, and pulls that meet.</summary>
[Collection(ContainerTests.Name)]
public sealed class PullResumeTests(ContainerHost host)
{
    private const int BigLayer = 8 << 20;
    private const int Half = 4 << 20;

    // A configuration is less than that, and a layer more. Configurations are read before anything is locked.
    private const int SmallBlob = 1 << 16;

    [Fact]
    public void A_killed_pull_is_gone_on_with_and_what_it_had_is_not_downloaded_again()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using StallingProxy proxy = new(registry, limit: Half);
        using ImageHost images = new(host);
        registry.Feed(BigImage(), "big:1");
        string name = $"{proxy.Address}/big:1";
        using (RunningProgram killed = images.Start("pull", name))
        {
            Eventually.True(() => Partial(images).Values.Any(size => size > Half / 2), () => $"nothing was downloaded\n{killed.Output}{killed.Error}");
            killed.Signal(Kernel.SIGKILL);
            Assert.Equal(128 + Kernel.SIGKILL, killed.Wait().Status);
        }

        Dictionary<string, long> had = Partial(images);
        Assert.Equal("", images.Run("images", "-q").Succeeded());
        proxy.Limit = long.MaxValue;
        Assert.Equal(name, images.Run("pull", "-q", name).Succeeded());
        Assert.Equal("ran", images.Run("run", "--rm", name, "echo", "ran").Succeeded());

        string[] resumed = [.. Answers(registry).Where(line => line.Contains("http.response.status=206", StringComparison.Ordinal))];
        Assert.NotEmpty(resumed);
        foreach (string answer in resumed)
        {
            string blob = Word(answer, "http.request.uri")[^64..];
            Assert.Equal(SizeOf(images, blob) - had[blob], long.Parse(Word(answer, "http.response.written"), CultureInfo.InvariantCulture));
        }

        Assert.Empty(images.Staged);
    }

    [Fact]
    public void Two_pulls_of_one_image_at_once_both_succeed_and_fetch_each_layer_once()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        registry.Feed(BigImage(), "big:1");
        string name = $"{registry.Address}/big:1";
        int before = Gets(registry).Count;

        using RunningProgram first = images.Start("pull", "-q", name);
        using RunningProgram second = images.Start("pull", "-q", name);
        Assert.Equal(name, first.Wait().Succeeded());
        Assert.Equal(name, second.Wait().Succeeded());

        Eventually.True(() => Gets(registry).Count - before >= 3, () => registry.Log);
        Assert.Distinct(Gets(registry)[before..].Where(blob => SizeOf(images, blob) > SmallBlob));
        Assert.Equal("ran", images.Run("run", "--rm", name, "echo", "ran").Succeeded());
        Assert.Empty(images.Staged);
    }

    private string BigImage() =>
        TestImages.Begin(host).Layer(new LayerTar().File("noise", RandomNumberGenerator.GetBytes(BigLayer), []).Finish()).Finish(TestImages.Plain);

    /// <summary>The sizes of the downloads that are not whole, by the blobs' digests.</summary>
    private static Dictionary<string, long> Partial(ImageHost images) => images.Staged.Select(path => new FileInfo(path))
        .Where(file => file.Exists && file.Name.StartsWith("blob-sha256-", StringComparison.Ordinal)).ToDictionary(file => file.Name["blob-sha256-".Length..], file => file.Length);

    /// <summary>What the registry's log says of blobs that it was asked for.</summary>
    private static IEnumerable<string> Answers(LocalRegistry registry) => registry.Log.Split('\n').Where(line =>
        line.Contains("response completed", StringComparison.Ordinal) && line.Contains("http.request.method=GET", StringComparison.Ordinal) && line.Contains("/blobs/", StringComparison.Ordinal));

    private static List<string> Gets(LocalRegistry registry) => [.. Answers(registry).Select(line => Word(line, "http.request.uri")[^64..])];

    private static long SizeOf(ImageHost images, string blob) => new FileInfo($"{images.Data}/images/blobs/sha256/{blob}").Length;

    private static string Word(string line, string key)
    {
        string rest = line[(line.IndexOf(key + "=", StringComparison.Ordinal) + key.Length + 1)..];
        return rest.Split(' ')[0].Trim('"');
    }
}

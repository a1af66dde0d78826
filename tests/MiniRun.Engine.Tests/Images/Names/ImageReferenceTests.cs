using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Names;

public sealed class ImageReferenceTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("ubuntu", "docker.io/library/ubuntu:latest", "ubuntu:latest")]
    [InlineData("ubuntu:22.04", "docker.io/library/ubuntu:22.04", "ubuntu:22.04")]
    [InlineData("library/ubuntu", "docker.io/library/ubuntu:latest", "ubuntu:latest")]
    [InlineData("docker.io/ubuntu", "docker.io/library/ubuntu:latest", "ubuntu:latest")]
    [InlineData("index.docker.io/library/ubuntu", "docker.io/library/ubuntu:latest", "ubuntu:latest")]
    [InlineData("user/app", "docker.io/user/app:latest", "user/app:latest")]
    [InlineData("library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest")]
    [InlineData("localhost/app", "localhost/app:latest", "localhost/app:latest")]
    [InlineData("localhost:5000/x", "localhost:5000/x:latest", "localhost:5000/x:latest")]
    [InlineData("localhost:5000/x:1", "localhost:5000/x:1", "localhost:5000/x:1")]
    [InlineData("[::1]:5000/a/b", "[::1]:5000/a/b:latest", "[::1]:5000/a/b:latest")]
    [InlineData("quay.io/a_b/c__d/e--f.g", "quay.io/a_b/c__d/e--f.g:latest", "quay.io/a_b/c__d/e--f.g:latest")]
    [InlineData("Host/app", "Host/app:latest", "Host/app:latest")]
    [InlineData("app:5000", "docker.io/library/app:5000", "app:5000")]
    [InlineData($"ubuntu@sha256:{Hex}", $"docker.io/library/ubuntu@sha256:{Hex}", $"ubuntu@sha256:{Hex}")]
    public void Names_are_read_as_docker_reads_them(string text, string whole, string familiar)
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal((whole, familiar), (reference.ToString(), reference.Familiar));
        Assert.Equal(reference, ImageReference.Parse(whole));
    }

    [Fact]
    public void A_digest_counts_more_than_a_tag()
    {
        ImageReference reference = ImageReference.Parse($"ubuntu:22.04@sha256:{Hex}");
        Assert.Equal(("22.04", $"sha256:{Hex}"), (reference.Tag, reference.TagOrDigest));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("Ubuntu", "lowercase")]
    [InlineData("a//b", "no part")]
    [InlineData("a/", "no part")]
    [InlineData("/a", "no part")]
    [InlineData("a..b", "no part")]
    [InlineData("a___b", "no part")]
    [InlineData("-a", "no part")]
    [InlineData("a-", "no part")]
    [InlineData("../etc", "no registry")]
    [InlineData("docker.io/../x", "no part")]
    [InlineData("a b", "no part")]
    [InlineData("a:", "the tag")]
    [InlineData("a:.x", "the tag")]
    [InlineData("a:x y", "the tag")]
    [InlineData("a@sha256:12", "no digest")]
    [InlineData("a@sha256:" + "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "no digest")]
    [InlineData(Hex, "image's id")]
    [InlineData("host.:1/a", "no registry")]
    [InlineData("host:0/a", "no registry")]
    [InlineData("host:99999/a", "no registry")]
    [InlineData("[::1%eth0]/a", "no registry")]
    [InlineData("a.b_c/x", "no registry")]
    [InlineData("http://a/b", "no registry")]
    public void What_is_no_name_is_refused(string text, string reason)
    {
        MiniRunException refusal = Assert.Throws<MiniRunException>(() => ImageReference.Parse(text));
        Assert.StartsWith("invalid reference format: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_have_an_end()
    {
        Assert.Throws<MiniRunException>(() => ImageReference.Parse(new string('a', 256)));
        Assert.Throws<MiniRunException>(() => ImageReference.Parse("a:" + new string('b', 129)));
        Assert.Throws<MiniRunException>(() => ImageReference.Parse(new string('a', 100_000)));
    }

    [Fact]
    public void Whatever_is_mutated_is_a_name_that_reads_the_same_again_or_is_refused()
    {
        const string Alphabet = "ab0Z:/@._-[]%\0\u202e é";
        string[] seeds = ["ubuntu:22.04", "localhost:5000/a/b@sha256:" + Hex, "[::1]:5000/x", "quay.io/a_b/c--d:t"];
        Random random = new(20261127);
        for (int round = 0; round < 50_000; round++)
        {
            char[] text = seeds[round % seeds.Length].ToCharArray();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            try
            {
                ImageReference reference = ImageReference.Parse(new string(text));
                Assert.Equal(reference.ToString(), ImageReference.Parse(reference.ToString()).ToString());
            }
            catch (MiniRunException)
            {
                // A refusal is as good.
            }
        }
    }
}

using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Names;

public sealed class DigestTests
{
    [Fact]
    public void Of_nothing_is_known() =>
        Assert.Equal("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digest.Of([]).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData("sha256:../../../../etc/passwd")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_no_digest_is_refused(string text)
    {
        Assert.Null(Digest.TryParse(text));
        Assert.Contains("the registry: invalid digest", Assert.Throws<MiniRunException>(() => Digest.Parse(text, "the registry")).Message, StringComparison.Ordinal);
    }
}

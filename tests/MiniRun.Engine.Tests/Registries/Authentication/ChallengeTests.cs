using MiniRun.Engine.Registries.Authentication;

namespace MiniRun.Engine.Tests.Registries.Authentication;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData("""realm="https://a/t",service="r.example",scope="repository:a/b:pull,push" """, "https://a/t", "r.example")]
    [InlineData("""service=r.example , realm = "https://a/\"t\"" """, "https://a/\"t\"", "r.example")]
    [InlineData("""REALM="x" """, "x", "")]
    [InlineData("""realm="never closed""", "", "")]
    [InlineData("""realm="a",realm="b",service="s" """, "a", "")]
    [InlineData("""=,realm="a" """, "", "")]
    [InlineData("""realm="a\""", "", "")]
    [InlineData("", "", "")]
    public void Parameters_are_read_quoted_or_not(string text, string realm, string service)
    {
        Challenge challenge = new("Bearer", Challenge.Read(text));
        Assert.Equal((realm, service), (challenge.Realm, challenge.Service));
    }

    [Theory]
    [InlineData("Basic realm=\"b\", Bearer realm=\"t\"", "Bearer", "t")]
    [InlineData("bearer realm=\"t\"", "Bearer", "t")]
    [InlineData("Negotiate, Basic realm=\"b\"", "Basic", "b")]
    [InlineData("Negotiate", null, null)]
    public void Bearer_is_answered_rather_than_basic(string header, string? scheme, string? realm)
    {
        using HttpResponseMessage response = new(System.Net.HttpStatusCode.Unauthorized);
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", header);
        Challenge? challenge = Challenge.Of(response);
        Assert.Equal((scheme, realm), (challenge?.Scheme, challenge?.Realm));
    }
}

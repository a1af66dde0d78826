using System.Net.Http.Headers;
using MiniRun.Engine.Registries.Authentication;

namespace MiniRun.Engine.Registries.Sessions;

/// <summary>One request to a registry's API; it can be sent several times.</summary>
/// <param name="Method">GET, HEAD, …</param>
/// <param name="Path">What follows the API's place and the repository's prefix: "library/ubuntu/manifests/latest". "" asks whether the registry is there.</param>
/// <param name="Scope">What it needs to be allowed.</param>
/// <param name="Subject">What it is about, for errors: "manifest of ubuntu:latest".</param>
internal sealed record RegistryRequest(HttpMethod Method, string Path, RegistryScope Scope, string Subject)
{
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>The first byte wanted; 0 asks for all without a Range header.</summary>
    public long RangeFrom { get; init; }

    /// <summary>Where it goes instead of to the path: an upload's Location.</summary>
    public Uri? Location { get; init; }

    /// <summary>Makes the body, anew for each time it is sent.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether failures that may pass are tried again here; uploads ask the registry how far they came instead.</summary>
    public bool Retries { get; init; } = true;

    /// <summary>The message to send.</summary>
    internal HttpRequestMessage ToMessage(Uri address, AuthenticationHeaderValue? authorization)
    {
        HttpRequestMessage message = new(Method, address) { Content = Content?.Invoke() };
        message.Headers.Authorization = authorization;
        message.Headers.UserAgent.ParseAdd("minirun");
        foreach (string type in Accept)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        if (RangeFrom > 0)
        {
            message.Headers.Range = new RangeHeaderValue(RangeFrom, null);
        }

        return message;
    }
}

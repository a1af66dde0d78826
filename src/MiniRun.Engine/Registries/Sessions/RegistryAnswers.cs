using System.Globalization;
using System.Net;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Sessions;

/// <summary>Turns a registry's refusals into one line: what was asked, its status and words, and what to do.</summary>
internal static class RegistryAnswers
{
    /// <summary>The failure that an answer stands for. Reads the answer's body.</summary>
    internal static async Task<MiniRunException> ToFailureAsync(RegistrySession session, RegistryRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        string words = await WordsAsync(response, session.Settings.StallTimeout, cancellation).ConfigureAwait(false);
        string registry = session.Endpoint.Name;
        string status = string.Create(CultureInfo.InvariantCulture, $"{registry} answers {(int)response.StatusCode} {response.StatusCode}{words}");
        string login = registry == ImageReference.DefaultDomain ? "minirun login" : $"minirun login {registry}";
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new MiniRunException(session.HasLogin
                ? $"{request.Subject}: access denied: {status}: it does not exist, or the login has no right to it ({login} for another one)"
                : $"{request.Subject}: access denied: {status}: it does not exist or needs a login: {login}"),
            HttpStatusCode.NotFound => new MiniRunException($"{request.Subject}: not found: {status}"),
            HttpStatusCode.TooManyRequests => new MiniRunException($"{request.Subject}: too many requests: {status}: try again later{(session.HasLogin ? "" : $", or with a login ({login})")}"),
            _ => new MiniRunException($"{request.Subject}: {status}"),
        };
    }

    private static async Task<string> WordsAsync(HttpResponseMessage response, TimeSpan stall, CancellationToken cancellation)
    {
        try
        {
            return RegistryMessage.Of(await BoundedBody.ReadAsync(response, RegistryMessage.MaxSize, "its answer", stall, cancellation).ConfigureAwait(false));
        }
        catch (MiniRunException)
        {
            // The status says enough where the words are too many, or break off.
            return "";
        }
    }
}

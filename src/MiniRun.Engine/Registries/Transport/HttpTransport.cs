using System.Net;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>Sends one request and follows it to where it is answered. Failures come back as a line for the user.</summary>
internal sealed class HttpTransport(RegistrySettings settings, HttpConnections connections)
{
    private const int MaxRedirects = 10;

    /// <summary>Sends a request; the answer's body is still to be read.</summary>
    /// <param name="request">Its Authorization goes to this host alone. After redirects it is the last one sent.</param>
    /// <param name="mayBePlain">Whether a redirect may lead from HTTPS to HTTP.</param>
    /// <exception cref="ConnectionException">No answer came.</exception>
    /// <exception cref="MiniRunException">It goes to a host that is blocked, or a redirect leads where it must not.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool mayBePlain, CancellationToken cancellation)
    {
        for (int redirects = 0; ; redirects++)
        {
            HttpResponseMessage response = await SendOnceAsync(request, cancellation).ConfigureAwait(false);
            if (!IsRedirect(response) || request.Content is not null || response.Headers.Location is not { } location)
            {
                return response;
            }

            using (response)
            {
                Uri from = request.RequestUri!;
                request = Follow(request, NextOf(from, location, mayBePlain));
                if (redirects == MaxRedirects)
                {
                    throw new MiniRunException($"registry {from.Authority}: it redirects more than {MaxRedirects} times, the last time to {OneLine.Of(request.RequestUri!.Authority)}");
                }
            }
        }
    }

    /// <summary>Where a Location header leads to.</summary>
    /// <exception cref="MiniRunException">To no HTTP address, or away from TLS.</exception>
    internal static Uri NextOf(Uri from, Uri location, bool mayBePlain)
    {
        Uri next = location.IsAbsoluteUri ? location : new Uri(from, location);
        bool isPlain = next.Scheme == Uri.UriSchemeHttp && (from.Scheme == Uri.UriSchemeHttp || mayBePlain);
        return next.Scheme == Uri.UriSchemeHttps || isPlain
            ? next
            : throw new MiniRunException($"registry {from.Authority}: it redirects from HTTPS to {next.Scheme}://{OneLine.Of(next.Authority)}, which minirun does not follow{(next.Scheme == Uri.UriSchemeHttp ? ": if that is meant, list the registry under \"insecure\" in registries.json" : "")}");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        Uri address = request.RequestUri!;
        // Whoever sends there: a mirror's entry, a redirect, a realm of tokens, an upload's Location.
        settings.Config.RefuseBlocked(address.Authority);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan patience = request.Method == HttpMethod.Put ? settings.CommitTimeout : settings.AnswerTimeout;
        deadline.CancelAfter(patience);
        if (request.Content is UploadContent upload)
        {
            // It takes as long as it takes, as long as bytes flow.
            upload.Moves = () => deadline.CancelAfter(patience);
        }

        try
        {
            return await connections.To(address).SendAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw ConnectionFailure.Of(failure, address, HttpConnections.ProxyOf(address));
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectionFailure.Timeout(address, patience, failure);
        }
    }

    /// <summary>The same request elsewhere: its login stays behind unless the host is the same, and reached as safely.</summary>
    private static HttpRequestMessage Follow(HttpRequestMessage request, Uri next)
    {
        HttpRequestMessage followed = new(request.Method, next);
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            followed.Headers.TryAddWithoutValidation(name, values);
        }

        Uri from = request.RequestUri!;
        if (next.Scheme != from.Scheme || !string.Equals(next.Authority, from.Authority, StringComparison.OrdinalIgnoreCase))
        {
            followed.Headers.Authorization = null;
        }

        return followed;
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}

using System.Net;
using System.Net.Http.Headers;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Sessions;

/// <summary>Requests to one host: with the login it asks for, over TLS or without, and again where a failure may pass.</summary>
internal sealed class RegistrySession(RegistryEndpoint endpoint, RegistrySettings settings, HttpTransport transport, Authenticator authenticator) : IDisposable
{
    // One for a token, one for a token that has run out meanwhile.
    private const int MaxChallenges = 2;

    private readonly SemaphoreSlim _one = new(1);
    private string? _scheme = endpoint.Scheme;

    internal RegistryEndpoint Endpoint => endpoint;

    internal RegistrySettings Settings => settings;

    /// <summary>Whether requests carry a login.</summary>
    internal bool HasLogin => authenticator.HasLogin;

    /// <summary>What the registry gave to keep instead of a password; null where it gave nothing.</summary>
    internal string? IdentityToken => authenticator.IdentityToken;

    /// <summary>Sends a request until it is answered, well or in a way that will not change, and takes the answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="take">Reads the answer, and owns it from then on.</param>
    /// <exception cref="MiniRunException">No answer came, or the registry may not be trusted with the request.</exception>
    internal async Task<T> SendAsync<T>(RegistryRequest request, Func<HttpResponseMessage, Task<T>> take, CancellationToken cancellation)
    {
        for (int failures = 1; ; failures++)
        {
            TimeSpan? pause;
            try
            {
                HttpResponseMessage response = await SendOnceAsync(request, cancellation).ConfigureAwait(false);
                pause = request.Retries && MayPass(response.StatusCode) ? settings.Retry.Pause(failures, RetryAfter(response)) : null;
                if (pause is null)
                {
                    return await take(response).ConfigureAwait(false);
                }

                response.Dispose();
            }
            catch (ConnectionException failure) when (failure.IsTransient && request.Retries)
            {
                pause = settings.Retry.Pause(failures, null) ?? throw new MiniRunException($"{failure.Message} ({failures} attempts)", failure);
            }

            await Task.Delay(pause.Value, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The whole address of a path of the API.</summary>
    internal async Task<Uri> AddressOfAsync(string path, CancellationToken cancellation) =>
        new($"{await SchemeAsync(cancellation).ConfigureAwait(false)}://{endpoint.Authority}{endpoint.ApiPath}{(path.Length > 0 ? endpoint.Prefix : "")}{path}");

    public void Dispose()
    {
        _one.Dispose();
        authenticator.Dispose();
    }

    private async Task<HttpResponseMessage> SendOnceAsync(RegistryRequest request, CancellationToken cancellation)
    {
        Uri address = request.Location ?? await AddressOfAsync(request.Path, cancellation).ConfigureAwait(false);
        RegistryScope scope = request.Scope with
        {
            Repository = request.Scope.Repository.Length > 0 ? endpoint.Prefix + request.Scope.Repository : "",
        };
        // An upload's Location may be another host's, which has no business with the login.
        bool isHere = IsHere(address);
        AuthenticationHeaderValue? authorization = isHere ? authenticator.Known(scope) : null;
        for (int challenges = 0; ; challenges++)
        {
            HttpResponseMessage response = await transport.SendAsync(request.ToMessage(address, authorization), endpoint.IsInsecure, cancellation).ConfigureAwait(false);
            // What a redirect led to cannot ask for this registry's login.
            bool asks = response.StatusCode == HttpStatusCode.Unauthorized && isHere && IsHere(response.RequestMessage!.RequestUri!);
            if (!asks || challenges == MaxChallenges || Challenge.Of(response) is not { } challenge)
            {
                return response;
            }

            AuthenticationHeaderValue? answer = await authenticator.AnswerAsync(challenge, scope, authorization, cancellation).ConfigureAwait(false);
            if (answer is null)
            {
                return response;
            }

            response.Dispose();
            authorization = answer;
        }
    }

    private bool IsHere(Uri address) =>
        string.Equals(address.Authority, new Uri($"{address.Scheme}://{endpoint.Authority}").Authority, StringComparison.OrdinalIgnoreCase)
        && (address.Scheme == Uri.UriSchemeHttps || endpoint.IsInsecure);

    /// <summary>HTTPS, unless the registry may do without and does.</summary>
    private async Task<string> SchemeAsync(CancellationToken cancellation)
    {
        if (_scheme is not null)
        {
            return _scheme;
        }

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _scheme ??= await FindSchemeAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> FindSchemeAsync(CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage ping = new(HttpMethod.Get, $"https://{endpoint.Authority}{endpoint.ApiPath}");
            using HttpResponseMessage answer = await transport.SendAsync(ping, mayBePlain: true, cancellation).ConfigureAwait(false);
            return Uri.UriSchemeHttps;
        }
        catch (ConnectionException failure) when (failure.MayBePlain)
        {
            return Uri.UriSchemeHttp;
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - DateTimeOffset.UtcNow,
        _ => null,
    };
}

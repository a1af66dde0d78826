using System.Net.Sockets;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>Says in a user's words why no answer came. The BCL's own messages are compiled out of the program (UseSystemResourceKeys).</summary>
internal static class ConnectionFailure
{
    /// <summary>What a failed request means.</summary>
    /// <param name="failure">As the handler threw it.</param>
    /// <param name="address">Where the request went.</param>
    /// <param name="proxy">The proxy it went through; null where there was none.</param>
    internal static ConnectionException Of(HttpRequestException failure, Uri address, Uri? proxy)
    {
        if (failure.InnerException is CertificateException certificate)
        {
            return new ConnectionException(certificate.Message, failure);
        }

        string host = address.Authority;
        string way = proxy is null ? "" : $" through the proxy {proxy.Scheme}://{proxy.Authority} (HTTP_PROXY, HTTPS_PROXY, NO_PROXY)";
        return failure.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new ConnectionException($"registry {host}: its address cannot be found{way}: check the name, and whether this machine has a network and DNS", failure) { IsTransient = IsTryAgain(failure) },
            HttpRequestError.ConnectionError => NoConnection(failure, host, way),
            HttpRequestError.SecureConnectionError => new ConnectionException($"registry {host}: TLS fails{way}: {TlsReason(failure)}; if it speaks plain HTTP and that is meant, list it under \"insecure\" in registries.json", failure) { MayBePlain = true },
            HttpRequestError.ProxyTunnelError => new ConnectionException($"registry {host}: no connection{way}: the proxy refuses it{(failure.StatusCode is { } status ? $" with status {(int)status}" : "")}", failure),
            HttpRequestError.InvalidResponse => new ConnectionException($"registry {host}: what answers{way} does not speak HTTP{(address.Scheme == Uri.UriSchemeHttp ? " (plain HTTP was asked for, it may want HTTPS)" : "")}", failure),
            HttpRequestError.ConfigurationLimitExceeded => new ConnectionException($"registry {host}: the head of its answer is too long", failure),
            _ => new ConnectionException($"registry {host}: it closed the connection{way} before it had answered", failure) { IsTransient = true },
        };
    }

    /// <summary>Nothing came within the time.</summary>
    internal static ConnectionException Timeout(Uri address, TimeSpan time, Exception failure) =>
        new($"registry {address.Authority}: no answer within {time.TotalSeconds:0.#} s: is a firewall in the way, or a proxy needed (HTTPS_PROXY)?", failure) { IsTransient = true };

    private static ConnectionException NoConnection(HttpRequestException failure, string host, string way)
    {
        SocketError error = (failure.InnerException as SocketException)?.SocketErrorCode ?? SocketError.SocketError;
        string reason = error switch
        {
            SocketError.ConnectionRefused => "connection refused: nothing listens there, check host and port",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => "there is no way to it: check this machine's network",
            SocketError.TimedOut => "it does not answer",
            SocketError.ConnectionReset => "it broke off the connection",
            SocketError.AccessDenied => "this machine does not allow it (EACCES or EPERM)",
            _ => $"no connection ({error})",
        };
        return new ConnectionException($"registry {host}: {reason}{way}", failure)
        {
            IsTransient = error is SocketError.TimedOut or SocketError.ConnectionReset,
            MayBePlain = error is SocketError.ConnectionRefused,
        };
    }

    private static bool IsTryAgain(HttpRequestException failure) => failure.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain };

    private static string TlsReason(HttpRequestException failure) => failure.InnerException switch
    {
        System.Security.Authentication.AuthenticationException => "it does not answer as a TLS server does, or refuses what this one offers",
        IOException => "it broke off the handshake",
        _ => "the handshake failed",
    };
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using MiniRun.Engine.Registries.Configuration;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>The connections to each host, made on first use: hosts differ in whom they are trusted by and what they are shown.</summary>
internal sealed class HttpConnections(RegistrySettings settings) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What sends requests to a host.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">A certificate that is configured for it cannot be read.</exception>
    internal HttpMessageInvoker To(Uri address) => _hosts.GetOrAdd(address.Authority, authority => new Lazy<HttpMessageInvoker>(() => Open(authority))).Value;

    /// <summary>The proxy for an address; null where there is none.</summary>
    internal static Uri? ProxyOf(Uri address) => LoopbackBypass.Instance.GetProxy(address) is { } proxy && proxy != address ? proxy : null;

    public void Dispose()
    {
        foreach (Lazy<HttpMessageInvoker> host in _hosts.Values)
        {
            if (host.IsValueCreated)
            {
                host.Value.Dispose();
            }
        }
    }

    private HttpMessageInvoker Open(string authority)
    {
        HostCertificates certificates = HostCertificates.Read(settings.CertificateFolders, authority);
        SocketsHttpHandler handler = new()
        {
            // Redirects are followed by HttpTransport, which knows what a login must not go to; a blob's bytes are its digest's, so nothing is decompressed.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            Proxy = LoopbackBypass.Instance,
            ConnectTimeout = settings.AnswerTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 64,
            // What is given up is closed and not read on: a lying registry could send for ever.
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        };
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = new CertificateCheck(authority, settings.Config.IsInsecure(authority), certificates.Authorities).Accept,
            ClientCertificates = certificates.Own.Count > 0 ? certificates.Own : null,
        };
        return new HttpMessageInvoker(handler);
    }
}

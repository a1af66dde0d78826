using System.Net;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>The proxy of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, but as in Go's programs never for this machine itself.</summary>
internal sealed class LoopbackBypass : IWebProxy
{
    internal static LoopbackBypass Instance { get; } = new();

    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}

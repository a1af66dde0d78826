using System.Collections.Concurrent;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;

namespace MiniRun.Engine.Registries.Sessions;

/// <summary>A command's sessions, one a host.</summary>
/// <param name="settings">How registries are spoken to.</param>
/// <param name="login">Looks up the login of a host, by <see cref="RegistryEndpoint.CredentialKey"/>.</param>
internal sealed class RegistrySessions(RegistrySettings settings, Func<string, RegistryCredential?> login) : IDisposable
{
    private readonly HttpConnections _connections = new(settings);
    private readonly ConcurrentDictionary<RegistryEndpoint, RegistrySession> _sessions = new();

    /// <summary>The session with a host.</summary>
    internal RegistrySession Of(RegistryEndpoint endpoint) => _sessions.GetOrAdd(endpoint, Open);

    public void Dispose()
    {
        foreach (RegistrySession session in _sessions.Values)
        {
            session.Dispose();
        }

        _connections.Dispose();
    }

    private RegistrySession Open(RegistryEndpoint endpoint)
    {
        HttpTransport transport = new(settings, _connections);
        TokenServer tokens = new(transport, settings.StallTimeout);
        return new RegistrySession(endpoint, settings, transport, new Authenticator(endpoint, tokens, () => login(endpoint.CredentialKey)));
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MiniRun.Engine.Registries.Configuration;

namespace MiniRun.Engine.Registries.Authentication;

/// <summary>Answers one registry's challenges, and remembers the answers for what follows: a token a scope, or the password.</summary>
/// <param name="login">Looks the login up; only called where the registry asks for one, as it may start a program.</param>
internal sealed class Authenticator(RegistryEndpoint endpoint, TokenServer tokens, Func<RegistryCredential?> login) : IDisposable
{
    private readonly ConcurrentDictionary<RegistryScope, AuthenticationHeaderValue> _known = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lazy<RegistryCredential?> _login = new(login);

    /// <summary>Whether a login was found, once the registry has asked for one.</summary>
    internal bool HasLogin => _login.IsValueCreated && _login.Value is not null;

    /// <summary>What the token server gave to keep instead of the password; null where it gave none.</summary>
    internal string? IdentityToken { get; private set; }

    /// <summary>The answer that was right before; null where there was none.</summary>
    internal AuthenticationHeaderValue? Known(RegistryScope scope) => _known.GetValueOrDefault(scope);

    /// <summary>Answers a challenge; null where there is no answer other than the refused one.</summary>
    /// <param name="refused">What the request was sent with; several requests at once may be refused for the same old token.</param>
    /// <exception cref="MiniRun.Linux.MiniRunException">The token server cannot be trusted or reached; a credential helper failed.</exception>
    internal async Task<AuthenticationHeaderValue?> AnswerAsync(Challenge challenge, RegistryScope scope, AuthenticationHeaderValue? refused, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Known(scope) is { } newer && !newer.Equals(refused))
            {
                return newer;
            }

            AuthenticationHeaderValue? answer = challenge.Scheme == "Bearer" ? await TokenAsync(challenge, scope, cancellation).ConfigureAwait(false)
                : _login.Value is { IdentityToken: null } credential ? new AuthenticationHeaderValue("Basic", credential.Basic)
                : null;
            if (answer is null || answer.Equals(refused))
            {
                _known.TryRemove(scope, out _);
                return null;
            }

            return _known[scope] = answer;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<AuthenticationHeaderValue?> TokenAsync(Challenge challenge, RegistryScope scope, CancellationToken cancellation)
    {
        TokenAnswer? answer = await tokens.FetchAsync(endpoint, challenge, scope, _login.Value, cancellation).ConfigureAwait(false);
        IdentityToken = answer is { IdentityToken.Length: > 0 } ? answer.IdentityToken : IdentityToken;
        return answer is null ? null : new AuthenticationHeaderValue("Bearer", answer.Token);
    }
}

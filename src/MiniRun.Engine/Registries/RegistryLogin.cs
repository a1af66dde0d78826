using System.Net;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Sessions;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries;

/// <summary>Asks a registry whether a login is right, before it is kept.</summary>
public static class RegistryLogin
{
    /// <summary>Logs in; the result is what to keep: the login itself, or the identity token that the registry gave for it.</summary>
    /// <param name="registry">Host and port, or docker.io.</param>
    /// <exception cref="MiniRunException">The registry is blocked, cannot be reached, or refuses the login.</exception>
    public static async Task<RegistryCredential> CheckAsync(RegistrySettings settings, string registry, RegistryCredential credential, CancellationToken cancellation)
    {
        settings.Config.RefuseBlocked(registry);
        using RegistrySessions sessions = new(settings, _ => credential);
        RegistrySession session = sessions.Of(RegistryEndpoint.Of(registry, settings.Config));
        RegistryRequest request = new(HttpMethod.Get, "", RegistryScope.Login, $"login at {registry}");
        return await session.SendAsync(request, async response =>
        {
            using (response)
            {
                return response.StatusCode switch
                {
                    HttpStatusCode.OK => session.IdentityToken is { } token ? credential with { Password = "", IdentityToken = token } : credential,
                    HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new MiniRunException($"{request.Subject}: refused: the user name or the password is wrong"),
                    _ => throw await RegistryAnswers.ToFailureAsync(session, request, response, cancellation).ConfigureAwait(false),
                };
            }
        }, cancellation).ConfigureAwait(false);
    }
}

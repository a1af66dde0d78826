using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Authentication;

/// <summary>Gets bearer tokens from where a registry's challenge points to (distribution, spec/auth/token.md and oauth.md).</summary>
internal sealed class TokenServer(HttpTransport transport, TimeSpan stall)
{
    private const int MaxAnswer = 1 << 20;
    private const int MaxToken = 64 << 10;
    private const string ClientId = "minirun";

    /// <summary>Gets a token; null where the server refuses the login, or wants one and there is none.</summary>
    /// <exception cref="MiniRunException">The realm may not be trusted, cannot be reached, or answers with what is no token.</exception>
    internal async Task<TokenAnswer?> FetchAsync(RegistryEndpoint endpoint, Challenge challenge, RegistryScope scope, RegistryCredential? credential, CancellationToken cancellation)
    {
        Uri realm = RealmOf(endpoint, challenge);
        using HttpRequestMessage request = credential?.IdentityToken is { } identity ? Exchange(realm, challenge, scope, identity) : Ask(realm, challenge, scope, credential);
        using HttpResponseMessage response = await transport.SendAsync(request, endpoint.IsInsecure, cancellation).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (credential?.IdentityToken is not null && response.StatusCode == HttpStatusCode.BadRequest))
        {
            return null;
        }

        string subject = $"the token of {realm.Authority}";
        byte[] body = await BoundedBody.ReadAsync(response, MaxAnswer, subject, stall, cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? JsonFields.Parse(body, subject, "a token server's answer", TokenOf)
            : throw new MiniRunException($"registry {endpoint.Name}: its token server {realm.Authority} answers {(int)response.StatusCode}{RegistryMessage.Of(body)}");
    }

    /// <summary>A password goes to the realm, so it must be reached by TLS wherever the registry must.</summary>
    private static Uri RealmOf(RegistryEndpoint endpoint, Challenge challenge)
    {
        string shown = OneLine.Of(challenge.Realm[..Math.Min(challenge.Realm.Length, 160)]);
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out Uri? realm) || realm.Scheme is not ("http" or "https") || realm.UserInfo.Length > 0)
        {
            throw new MiniRunException($"registry {endpoint.Name} sends for its tokens to \"{shown}\", which is no address of a token server");
        }

        return realm.Scheme == Uri.UriSchemeHttps || endpoint.IsInsecure || realm.IsLoopback
            ? realm
            : throw new MiniRunException($"registry {endpoint.Name} sends for its tokens to {shown}, where a login could be read on the way: HTTPS is required; if that is meant, list the registry under \"insecure\" in registries.json");
    }

    private static HttpRequestMessage Ask(Uri realm, Challenge challenge, RegistryScope scope, RegistryCredential? credential)
    {
        StringBuilder query = new(realm.Query.TrimStart('?'));
        Append(query, "service", challenge.Service);
        foreach (string text in scope.Texts)
        {
            Append(query, "scope", text);
        }

        Append(query, "account", credential?.UserName ?? "");
        if (scope == RegistryScope.Login)
        {
            // Docker's: ask for a token to keep instead of the password. Servers that know none give none.
            Append(query, "offline_token", "true");
            Append(query, "client_id", ClientId);
        }

        HttpRequestMessage request = new(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        if (credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.Basic);
        }

        return request;
    }

    private static HttpRequestMessage Exchange(Uri realm, Challenge challenge, RegistryScope scope, string identityToken)
    {
        StringBuilder form = new();
        Append(form, "grant_type", "refresh_token");
        Append(form, "service", challenge.Service);
        Append(form, "client_id", ClientId);
        Append(form, "scope", string.Join(' ', scope.Texts));
        Append(form, "refresh_token", identityToken);
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new StringContent(form.ToString(), Encoding.ASCII, "application/x-www-form-urlencoded") };
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        if (value.Length > 0)
        {
            query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static TokenAnswer TokenOf(JsonElement json) =>
        new(Checked(json.Text("token") is { Length: > 0 } text ? text : json.RequiredText("access_token")), Checked(json.Text("refresh_token")));

    private static string Checked(string token) => token.Length <= MaxToken && token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
        ? token
        : throw new FormatException("its token is too long, or holds what no token may");
}

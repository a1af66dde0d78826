using System.Text;
using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Credentials;

/// <summary>What docker's config.json says of logins: those in it, and the programs that keep others.</summary>
internal sealed record DockerConfig
{
    internal const string Kind = "docker's configuration (config.json)";

    /// <summary>The logins that stand in the file itself.</summary>
    internal required IReadOnlyDictionary<string, RegistryCredential> Logins { get; init; }

    /// <summary>The helper of every registry without one of its own: "pass" is docker-credential-pass; "" is none.</summary>
    internal required string Store { get; init; }

    /// <summary>The helpers of single registries.</summary>
    internal required IReadOnlyDictionary<string, string> Helpers { get; init; }

    /// <summary>Reads a file's bytes; <paramref name="file"/> is its path for errors.</summary>
    /// <exception cref="MiniRunException">It is no such file.</exception>
    internal static DockerConfig Parse(ReadOnlyMemory<byte> bytes, string file) => JsonFields.Parse(bytes, file, Kind, json => new DockerConfig
    {
        Logins = ReadLogins(json),
        Store = json.Text("credsStore"),
        Helpers = new Dictionary<string, string>(json.Pairs("credHelpers"), StringComparer.Ordinal),
    });

    /// <summary>The helper that keeps a key's login; "" where the file does.</summary>
    internal string HelperOf(string key) => Find(Helpers, key) ?? Store;

    /// <summary>The login of a key in the file; null where there is none.</summary>
    internal RegistryCredential? LoginOf(string key) => Find(Logins, key);

    /// <summary>The key itself, else one that means the same host: older programs write addresses, "https://HOST/v1/".</summary>
    private static T? Find<T>(IReadOnlyDictionary<string, T> values, string key)
        where T : class
    {
        if (values.TryGetValue(key, out T? exact))
        {
            return exact;
        }

        string host = HostOf(key);
        foreach ((string other, T value) in values)
        {
            if (string.Equals(HostOf(other), host, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static string HostOf(string key)
    {
        try
        {
            return RegistryName.Parse(key);
        }
        catch (MiniRunException)
        {
            // What names no registry is no registry's.
            return key;
        }
    }

    private static Dictionary<string, RegistryCredential> ReadLogins(JsonElement json)
    {
        Dictionary<string, RegistryCredential> logins = new(StringComparer.Ordinal);
        if (json.Object("auths") is { } auths)
        {
            foreach (JsonProperty entry in auths.EnumerateObject())
            {
                JsonFields.Expect(entry.Value, JsonValueKind.Object, $"auths.{entry.Name}");
                if (ReadLogin(entry.Name, entry.Value) is { } login)
                {
                    logins[entry.Name] = login;
                }
            }
        }

        return logins;
    }

    /// <summary>One entry; null where it is empty, as docker leaves it for logins that a helper keeps.</summary>
    private static RegistryCredential? ReadLogin(string key, JsonElement json)
    {
        string user = json.Text("username");
        string password = json.Text("password");
        if (json.Text("auth") is { Length: > 0 } auth)
        {
            string pair = Decode(auth) ?? throw new FormatException($"auths.{key}.auth is no base64 of NAME:PASSWORD");
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            user = colon < 0 ? throw new FormatException($"auths.{key}.auth is no base64 of NAME:PASSWORD") : pair[..colon];
            password = pair[(colon + 1)..].TrimEnd('\0');
        }

        string? token = json.Text("identitytoken") is { Length: > 0 } text ? text : null;
        return user.Length == 0 && token is null ? null : new RegistryCredential(user, password) { IdentityToken = token };
    }

    private static string? Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}

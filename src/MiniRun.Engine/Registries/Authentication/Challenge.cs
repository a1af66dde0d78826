using System.Net.Http.Headers;
using System.Text;

namespace MiniRun.Engine.Registries.Authentication;

/// <summary>How a registry wants to be convinced: one challenge of a WWW-Authenticate header (RFC 9110, 11.6.1).</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    internal string Realm => Parameters.GetValueOrDefault("realm", "");

    internal string Service => Parameters.GetValueOrDefault("service", "");

    /// <summary>The registry's own words for why a token was not taken: "insufficient_scope", "invalid_token".</summary>
    internal string Error => Parameters.GetValueOrDefault("error", "");

    /// <summary>The challenge that minirun can answer best: Bearer, else Basic; null where there is neither.</summary>
    internal static Challenge? Of(HttpResponseMessage response)
    {
        Challenge? best = null;
        foreach (AuthenticationHeaderValue header in response.Headers.WwwAuthenticate)
        {
            bool isBearer = header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
            if (isBearer || (best is null && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)))
            {
                best = new Challenge(isBearer ? "Bearer" : "Basic", Read(header.Parameter ?? ""));
            }
        }

        return best;
    }

    /// <summary>Reads name=token and name="quoted" parameters; what follows something malformed is left out.</summary>
    internal static Dictionary<string, string> Read(ReadOnlySpan<char> text)
    {
        Dictionary<string, string> parameters = new(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            text = text.TrimStart(", \t");
            int equals = text.IndexOf('=');
            if (equals <= 0)
            {
                return parameters;
            }

            string name = text[..equals].Trim().ToString();
            text = text[(equals + 1)..].TrimStart(" \t");
            string? value = text.StartsWith("\"") ? TakeQuoted(ref text) : TakeToken(ref text);
            if (value is null || !parameters.TryAdd(name, value))
            {
                return parameters;
            }
        }
    }

    private static string TakeToken(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOf(',');
        string token = (end < 0 ? text : text[..end]).Trim().ToString();
        text = end < 0 ? [] : text[end..];
        return token;
    }

    private static string? TakeQuoted(ref ReadOnlySpan<char> text)
    {
        StringBuilder value = new();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                text = text[(i + 1)..];
                return value.ToString();
            }

            i += text[i] == '\\' ? 1 : 0;
            if (i < text.Length)
            {
                value.Append(text[i]);
            }
        }

        return null;
    }
}

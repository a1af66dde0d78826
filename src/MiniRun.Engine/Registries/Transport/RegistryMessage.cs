using System.Text;
using System.Text.Json;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>A registry's own words for a failure: {"errors":[{"code":…,"message":…}]} (distribution-spec, Error Codes), or what token servers write.</summary>
internal static class RegistryMessage
{
    /// <summary>The most that is read of one, in bytes.</summary>
    internal const int MaxSize = 16 << 10;

    private const int MostShown = 200;

    /// <summary>" (its words)", on one line and of bounded length; "" where the body has none.</summary>
    internal static string Of(ReadOnlyMemory<byte> body)
    {
        string words = Words(body);
        return words.Length == 0 ? "" : $" ({OneLine.Of(words.Length > MostShown ? $"{words[..MostShown]}…" : words)})";
    }

    private static string Words(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "";
            }

            return root.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array ? OfErrors(errors)
                : Text(root, "details") is { Length: > 0 } details ? details
                : Text(root, "message");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // A proxy's page of HTML says nothing on one line.
            return "";
        }
    }

    private static string OfErrors(JsonElement errors)
    {
        StringBuilder words = new();
        foreach (JsonElement error in errors.EnumerateArray())
        {
            if (error.ValueKind == JsonValueKind.Object)
            {
                string message = Text(error, "message") is { Length: > 0 } text ? text : Text(error, "code");
                words.Append(words.Length > 0 ? "; " : "").Append(message);
            }
        }

        return words.ToString();
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

using System.Globalization;
using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Cli.Output;

/// <summary>An image in the shape of `docker image inspect`.</summary>
internal static class ImageJson
{
    internal static void Write(Utf8JsonWriter json, StoredImage image, long size, IReadOnlyList<StoredReference> references)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, image.Id.ToString());
        WriteNames(json, references);
        json.WriteString("Comment"u8, image.Document.History is [.., { } last] ? last.Comment : "");
        json.WriteString("Created"u8, Time(image.Document.Created));
        json.WriteString("Author"u8, image.Document.Author);
        json.WriteStartObject("Config"u8);
        ImageConfigWriter.Write(json, image.Document.Config);
        json.WriteEndObject();
        json.WriteString("Architecture"u8, image.Document.Platform.Architecture);
        if (image.Document.Platform.Variant is { } variant)
        {
            json.WriteString("Variant"u8, variant);
        }

        json.WriteString("Os"u8, image.Document.Platform.Os);
        json.WriteNumber("Size"u8, size);
        json.WriteStartObject("RootFS"u8);
        json.WriteString("Type"u8, "layers"u8);
        json.WriteStartArray("Layers"u8);
        foreach (Digest layer in image.Document.DiffIds)
        {
            json.WriteStringValue(layer.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<StoredReference> references)
    {
        json.WriteStartArray("RepoTags"u8);
        foreach (StoredReference reference in references)
        {
            if (reference.Name is { Digest: null } name)
            {
                json.WriteStringValue(name.Familiar);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("RepoDigests"u8);
        SortedSet<string> digests = new(StringComparer.Ordinal);
        foreach (StoredReference reference in references)
        {
            if (reference.Name is { } name && (reference.RepositoryDigest ?? name.Digest) is { } digest)
            {
                digests.Add($"{name.FamiliarRepository}@{digest}");
            }
        }

        foreach (string digest in digests)
        {
            json.WriteStringValue(digest);
        }

        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset? time) =>
        (time ?? DateTimeOffset.MinValue).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;

namespace MiniRun.Engine.Inspection;

/// <summary>An image in the shape of `docker image inspect`.</summary>
public static class ImageJson
{
    public static void Write(Utf8JsonWriter json, StoredImage image, long size, IReadOnlyList<StoredReference> references)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, image.Id.ToString());
        WriteNames(json, references);
        json.WriteString("Comment"u8, image.Document.History is [.., { } last] ? last.Comment : "");
        json.Time("Created", image.Document.Created);
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
        json.Texts("Layers", [.. image.Document.DiffIds.Select(static layer => layer.ToString())]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<StoredReference> references)
    {
        List<string> tags = [];
        SortedSet<string> digests = new(StringComparer.Ordinal);
        foreach (StoredReference reference in references)
        {
            if (reference.Name is not { } name)
            {
                continue;
            }

            if (name.Digest is null)
            {
                tags.Add(name.Familiar);
            }

            if ((reference.RepositoryDigest ?? name.Digest) is { } digest)
            {
                digests.Add($"{name.FamiliarRepository}@{digest}");
            }
        }

        json.Texts("RepoTags", tags);
        json.Texts("RepoDigests", [.. digests]);
    }
}

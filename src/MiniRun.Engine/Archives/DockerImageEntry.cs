using System.Text.Json;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;

namespace MiniRun.Engine.Archives;

/// <summary>One image of docker's archive format: an item of its manifest.json. Names are of files in the archive.</summary>
internal sealed record DockerImageEntry(string Config, IReadOnlyList<string> RepoTags, IReadOnlyList<string> Layers)
{
    /// <summary>The archive's list of its images.</summary>
    internal const string File = "manifest.json";

    private const int MaxImages = 10_000;

    /// <exception cref="MiniRunException">It is no such list.</exception>
    internal static IReadOnlyList<DockerImageEntry> Read(ReadOnlyMemory<byte> bytes, string subject)
    {
        // A list is no document of its own to JsonFields: it is read as a member of one.
        byte[] wrapped = [.. "{\"images\":"u8, .. bytes.Span, .. "}"u8];
        IReadOnlyList<DockerImageEntry> entries = JsonFields.Parse(wrapped, subject, "the list of images in an archive", json => json.List("images", Read));
        return entries.Count <= MaxImages ? entries : throw new MiniRunException($"{subject} lists more than {MaxImages} images");
    }

    private static DockerImageEntry Read(JsonElement json)
    {
        JsonFields.Expect(json, JsonValueKind.Object, "an image");
        return new DockerImageEntry(json.RequiredText("Config"), json.Texts("RepoTags"), json.Texts("Layers"));
    }
}

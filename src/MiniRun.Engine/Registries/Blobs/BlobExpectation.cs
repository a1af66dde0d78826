using System.Net;
using System.Net.Http.Headers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Blobs;

/// <summary>The bytes of a blob that an answer should hold.</summary>
/// <param name="Blob">The blob, with the size its manifest says.</param>
/// <param name="From">The first byte asked for.</param>
/// <param name="Subject">The blob's name for errors.</param>
internal sealed record BlobExpectation(Descriptor Blob, long From, string Subject)
{
    /// <summary>Holds an answer's head against what was asked for; returns how many bytes to skip, all those before From where the registry ignores ranges.</summary>
    /// <exception cref="MiniRunException">It is another size, or another part.</exception>
    internal long Check(HttpResponseMessage response)
    {
        HttpContentHeaders head = response.Content.Headers;
        if (head.ContentEncoding.Count > 0)
        {
            throw new MiniRunException($"{Subject}: the registry, or a proxy before it, sends it with Content-Encoding {OneLine.Of(string.Join(", ", head.ContentEncoding))}, which nobody asked for");
        }

        bool isPart = response.StatusCode == HttpStatusCode.PartialContent;
        if (isPart && (head.ContentRange?.From != From || (head.ContentRange.HasLength && head.ContentRange.Length != Blob.Size)))
        {
            throw new MiniRunException($"{Subject}: bytes {From} to {Blob.Size} were asked for, and the registry sends {OneLine.Of(head.ContentRange?.ToString() ?? "it does not say which")}");
        }

        long expected = isPart ? Blob.Size - From : Blob.Size;
        return head.ContentLength is { } length && length != expected
            ? throw new MiniRunException($"{Subject}: its manifest says {Blob.Size} bytes, and the registry has {(isPart ? From + length : length)}: one of them lies")
            : isPart ? 0 : From;
    }
}

using System.Security.Cryptography;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries;

/// <summary>Holds a manifest against the digest it was asked for by, or the one the registry says it has.</summary>
internal static class ManifestCheck
{
    private const string DigestHeader = "Docker-Content-Digest";

    /// <summary>Names the bytes by their own digest, and refuses them where that is not the one expected.</summary>
    /// <param name="wanted">The digest asked for; null where a tag was, and then the registry's own word is checked.</param>
    /// <exception cref="MiniRunException">The digests differ.</exception>
    internal static FetchedManifest Verify(HttpResponseMessage response, ReadOnlyMemory<byte> bytes, Digest? wanted, string subject)
    {
        Digest? expected = wanted ?? HeaderOf(response, subject);
        Digest actual = expected?.Function == HashAlgorithmName.SHA512 ? Digest.OfHash(SHA512.HashData(bytes.Span)) : Digest.Of(bytes.Span);
        if (expected is not null && actual != expected)
        {
            string asked = wanted is not null ? "was asked for" : "is what the registry says it is";
            throw new MiniRunException($"{subject}: {expected} {asked}, and what came is {actual}: the registry, or something on the way to it, gives other contents");
        }

        return new FetchedManifest(new Descriptor(response.Content.Headers.ContentType?.MediaType ?? "", actual, bytes.Length), bytes);
    }

    /// <summary>The digest that a registry says a manifest has; null where it says none.</summary>
    /// <exception cref="MiniRunException">What it says is no digest.</exception>
    internal static Digest? HeaderOf(HttpResponseMessage response, string subject) =>
        response.Headers.NonValidated.TryGetValues(DigestHeader, out System.Net.Http.Headers.HeaderStringValues values)
            ? Digest.Parse(values.ToString().Trim(), $"{subject}: the registry's {DigestHeader}")
            : null;
}

using System.Net;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Blobs;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Credentials;
using MiniRun.Engine.Registries.Sessions;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries;

/// <summary>
/// Fetches from registries (OCI distribution-spec 1.1, which is docker's API v2): from the mirrors of an image's registry in turn, then from the
/// registry. One for a command: it keeps connections, tokens and what it learnt of each host. May be used by several threads at once.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistrySettings _settings;
    private readonly RegistrySessions _sessions;

    /// <param name="settings">How registries are spoken to.</param>
    /// <param name="login">Looks up the login of a host, by <see cref="RegistryEndpoint.CredentialKey"/>; called once a host, where it asks for one.</param>
    public RegistryClient(RegistrySettings settings, Func<string, RegistryCredential?> login)
    {
        _settings = settings;
        _sessions = new RegistrySessions(settings, login);
    }

    /// <summary>One for this machine and its user.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRunException">A configuration is wrong.</exception>
    public static RegistryClient Open(Func<string, string?> variable) =>
        new(RegistrySettings.Read(variable), key => CredentialStore.Of(variable).Get(key));

    /// <summary>The hosts that are asked for an image, in turn.</summary>
    /// <exception cref="MiniRunException">The registry is blocked.</exception>
    public IReadOnlyList<RegistryEndpoint> Endpoints(ImageReference reference) => RegistryEndpoint.For(reference, _settings.Config);

    /// <summary>Fetches the manifest or index that a name stands for: by its digest where it has one, else by its tag.</summary>
    /// <exception cref="MiniRunException">There is none, it may not be had, or it is not what it should be; the message says what every host answered.</exception>
    public Task<FetchedManifest> FetchManifestAsync(ImageReference reference, CancellationToken cancellation)
    {
        RegistryRequest request = ManifestRequest(HttpMethod.Get, reference);
        return FromAnyAsync(reference, session => AskAsync(session, request, async response =>
        {
            using (response)
            {
                byte[] bytes = await BoundedBody.ReadAsync(response, DocumentReader.MaxSize, request.Subject, _settings.StallTimeout, cancellation).ConfigureAwait(false);
                return ManifestCheck.Verify(response, bytes, reference.Digest, request.Subject);
            }
        }, cancellation));
    }

    /// <summary>Asks which digest a tag stands for, without fetching anything: registries that count pulls do not count this.</summary>
    /// <returns>The digest of the manifest or index; null where the registry does not say, or does not answer such questions.</returns>
    /// <exception cref="MiniRunException">There is no such tag, or it may not be had.</exception>
    public Task<Digest?> FindDigestAsync(ImageReference reference, CancellationToken cancellation)
    {
        RegistryRequest request = ManifestRequest(HttpMethod.Head, reference);
        return FromAnyAsync(reference, session => session.SendAsync(request, async response =>
        {
            using (response)
            {
                return response.StatusCode switch
                {
                    HttpStatusCode.OK => ManifestCheck.HeaderOf(response, request.Subject),
                    HttpStatusCode.MethodNotAllowed => null,
                    _ => throw await RegistryAnswers.ToFailureAsync(session, request, response, cancellation).ConfigureAwait(false),
                };
            }
        }, cancellation));
    }

    /// <summary>Opens a blob as a blocking stream that goes on by itself when a connection breaks, and ends after exactly the bytes of its descriptor.</summary>
    /// <param name="reference">An image whose repository has the blob.</param>
    /// <param name="blob">Digest and size. The digest is not verified here.</param>
    /// <param name="offset">The first byte wanted, to continue an earlier download.</param>
    /// <exception cref="MiniRunException">It is not there, may not be had, or has another size.</exception>
    public async Task<Stream> OpenBlobAsync(ImageReference reference, Descriptor blob, long offset, CancellationToken cancellation)
    {
        BlobExpectation whole = new(blob, offset, $"blob {blob.Digest} of {reference.FamiliarRepository}");
        BlobStream stream = new(whole, (from, token) => FromAnyAsync(reference, session => ConnectAsync(session, reference, whole with { From = from }, token)), _settings.Retry, cancellation);
        await stream.OpenAsync().ConfigureAwait(false);
        return stream;
    }

    /// <summary>Fetches a small blob whole, such as an image's configuration, and verifies it.</summary>
    /// <exception cref="MiniRunException">As above; or it is larger than <see cref="DocumentReader.MaxSize"/>, or has another digest.</exception>
    public async Task<ReadOnlyMemory<byte>> FetchDocumentAsync(ImageReference reference, Descriptor blob, CancellationToken cancellation)
    {
        if (blob.Size > DocumentReader.MaxSize)
        {
            throw new MiniRunException($"{blob.Digest} of {reference.FamiliarRepository} has {blob.Size} bytes; the most minirun reads of a document is {DocumentReader.MaxSize}");
        }

        byte[] bytes = new byte[blob.Size];
        using Stream stream = await OpenBlobAsync(reference, blob, 0, cancellation).ConfigureAwait(false);
        stream.ReadExactly(bytes);
        stream.ReadByte();
        return blob.Digest.IsOf(bytes)
            ? bytes
            : throw new MiniRunException($"{blob.Digest} of {reference.FamiliarRepository} was asked for, and what came is {Digest.Of(bytes)}: the registry, or something on the way to it, gives other contents");
    }

    public void Dispose() => _sessions.Dispose();

    private static RegistryRequest ManifestRequest(HttpMethod method, ImageReference reference) =>
        new(method, $"{reference.Path}/manifests/{reference.TagOrDigest}", RegistryScope.Pull(reference.Path), $"image {reference.Familiar}") { Accept = MediaTypes.Accepted };

    private Task<BlobBody> ConnectAsync(RegistrySession session, ImageReference reference, BlobExpectation expectation, CancellationToken cancellation)
    {
        RegistryRequest request = new(HttpMethod.Get, $"{reference.Path}/blobs/{expectation.Blob.Digest}", RegistryScope.Pull(reference.Path), expectation.Subject) { RangeFrom = expectation.From };
        return AskAsync(session, request, response => Task.FromResult(BlobBody.Open(response, expectation, _settings.StallTimeout, cancellation)), cancellation);
    }

    /// <summary>Sends a request and takes only success for an answer.</summary>
    private static Task<T> AskAsync<T>(RegistrySession session, RegistryRequest request, Func<HttpResponseMessage, Task<T>> take, CancellationToken cancellation) =>
        session.SendAsync(request, async response =>
        {
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            {
                return await take(response).ConfigureAwait(false);
            }

            using (response)
            {
                throw await RegistryAnswers.ToFailureAsync(session, request, response, cancellation).ConfigureAwait(false);
            }
        }, cancellation);

    /// <summary>Asks one host after the other; a mirror that fails is passed over, and told of if none succeeds.</summary>
    private async Task<T> FromAnyAsync<T>(ImageReference reference, Func<RegistrySession, Task<T>> ask)
    {
        string passedOver = "";
        foreach (RegistryEndpoint endpoint in Endpoints(reference))
        {
            try
            {
                return await ask(_sessions.Of(endpoint)).ConfigureAwait(false);
            }
            catch (MiniRunException failure) when (endpoint.IsMirror)
            {
                passedOver += $" (its mirror {endpoint.Name}: {failure.Message})";
            }
            catch (MiniRunException failure) when (passedOver.Length > 0)
            {
                throw new MiniRunException(failure.Message + passedOver, failure);
            }
        }

        throw new System.Diagnostics.UnreachableException();
    }
}

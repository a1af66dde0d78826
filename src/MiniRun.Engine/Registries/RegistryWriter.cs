using System.Net;
using System.Net.Http.Headers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Credentials;
using MiniRun.Engine.Registries.Sessions;
using MiniRun.Engine.Registries.Uploads;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries;

/// <summary>Puts images into registries: never into mirrors, which take nothing. One for a command; may be used by several threads at once.</summary>
public sealed class RegistryWriter : IDisposable
{
    private readonly RegistrySettings _settings;
    private readonly RegistrySessions _sessions;

    /// <param name="settings">How registries are spoken to.</param>
    /// <param name="login">Looks up the login of a host, by <see cref="RegistryEndpoint.CredentialKey"/>.</param>
    public RegistryWriter(RegistrySettings settings, Func<string, RegistryCredential?> login)
    {
        _settings = settings;
        _sessions = new RegistrySessions(settings, login);
    }

    /// <summary>One for this machine and its user.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="MiniRunException">A configuration is wrong.</exception>
    public static RegistryWriter Open(Func<string, string?> variable) =>
        new(RegistrySettings.Read(variable), key => CredentialStore.Of(variable).Get(key));

    /// <summary>Whether the repository has a blob.</summary>
    /// <exception cref="MiniRunException">The registry is blocked, cannot be reached, or refuses.</exception>
    public Task<bool> HasBlobAsync(ImageReference reference, Descriptor blob, CancellationToken cancellation)
    {
        RegistrySession session = SessionOf(reference);
        RegistryRequest request = new(HttpMethod.Head, $"{reference.Path}/blobs/{blob.Digest}", RegistryScope.Push(reference.Path), $"push to {reference.FamiliarRepository}");
        return session.SendAsync(request, response => TakeAsync(session, request, response, [HttpStatusCode.OK, HttpStatusCode.NotFound], answer => answer.StatusCode == HttpStatusCode.OK, cancellation), cancellation);
    }

    /// <summary>Puts a blob into the repository: from another one of the registry's that has it, or else its bytes.</summary>
    /// <param name="reference">The repository.</param>
    /// <param name="blob">Digest and size.</param>
    /// <param name="mountFrom">A repository of the same registry that may have it; null where none is known.</param>
    /// <param name="open">Opens the blob at a place.</param>
    /// <param name="sent">Is told the bytes sent so far; never called where it was mounted.</param>
    /// <returns>Whether it was mounted.</returns>
    /// <exception cref="MiniRunException">The registry is blocked, cannot be reached, or refuses.</exception>
    public async Task<bool> PutBlobAsync(ImageReference reference, Descriptor blob, string? mountFrom, Func<long, Stream> open, Action<long> sent, CancellationToken cancellation)
    {
        RegistrySession session = SessionOf(reference);
        string subject = $"push of {blob.Digest} to {reference.FamiliarRepository}";
        UploadPlace? begun = null;
        if (mountFrom is not null)
        {
            (bool isMounted, begun) = await MountAsync(session, reference.Path, blob, mountFrom, subject, cancellation).ConfigureAwait(false);
            if (isMounted)
            {
                return true;
            }
        }

        await new BlobUpload(session, reference.Path, blob, subject).SendAsync(begun, open, sent, cancellation).ConfigureAwait(false);
        return false;
    }

    /// <summary>Puts a manifest under the reference's tag, or under its digest.</summary>
    /// <exception cref="MiniRunException">The registry refuses it, or has made another digest of it.</exception>
    public Task PutManifestAsync(ImageReference reference, Descriptor manifest, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        RegistrySession session = SessionOf(reference);
        RegistryRequest request = new(HttpMethod.Put, $"{reference.Path}/manifests/{reference.TagOrDigest}", RegistryScope.Push(reference.Path), $"push of {reference.Familiar}")
        {
            Content = () =>
            {
                ReadOnlyMemoryContent content = new(bytes);
                content.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
                return content;
            },
        };
        return session.SendAsync(request, response => TakeAsync(session, request, response, [HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.OK], answer =>
        {
            ManifestCheck.Verify(answer, bytes, null, request.Subject);
            return true;
        }, cancellation), cancellation);
    }

    public void Dispose() => _sessions.Dispose();

    private RegistrySession SessionOf(ImageReference reference)
    {
        _settings.Config.RefuseBlocked(reference.Domain);
        return _sessions.Of(RegistryEndpoint.Of(reference.Domain, _settings.Config));
    }

    /// <summary>Asks for a mount. A registry that will not begins an upload instead; one that may not even look refuses, and then it is uploaded too.</summary>
    private static Task<(bool IsMounted, UploadPlace? Begun)> MountAsync(RegistrySession session, string repository, Descriptor blob, string from, string subject, CancellationToken cancellation)
    {
        string query = $"?mount={Uri.EscapeDataString(blob.Digest.ToString())}&from={Uri.EscapeDataString(from)}";
        RegistryRequest request = new(HttpMethod.Post, $"{repository}/blobs/uploads/{query}", RegistryScope.Push(repository, from), subject);
        return session.SendAsync(request, response =>
        {
            using (response)
            {
                UploadPlace? begun = response.StatusCode == HttpStatusCode.Accepted ? UploadLocation.Of(response, session.Endpoint, 0, null) : null;
                return Task.FromResult((response.StatusCode == HttpStatusCode.Created, begun));
            }
        }, cancellation);
    }

    private static async Task<T> TakeAsync<T>(RegistrySession session, RegistryRequest request, HttpResponseMessage response, HttpStatusCode[] expected, Func<HttpResponseMessage, T> read, CancellationToken cancellation)
    {
        using (response)
        {
            return Array.IndexOf(expected, response.StatusCode) >= 0
                ? read(response)
                : throw await RegistryAnswers.ToFailureAsync(session, request, response, cancellation).ConfigureAwait(false);
        }
    }
}

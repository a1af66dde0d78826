using System.Net;
using System.Net.Http.Headers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Sessions;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Uploads;

/// <summary>
/// Sends one blob: parts by PATCH, then PUT with the digest (distribution-spec, "Pushing a blob in chunks"). After a broken
/// connection the registry is asked how far it came; one that does not know any more gets all of it anew.
/// </summary>
internal sealed class BlobUpload(RegistrySession session, string repository, Descriptor blob, string subject)
{
    // A connection that brought so much was worth it, and the attempts are counted anew.
    private const long Progress = 1 << 20;

    private readonly RegistryScope _scope = RegistryScope.Push(repository);

    /// <summary>Sends it all.</summary>
    /// <param name="begun">An upload that the registry has begun already, or null.</param>
    /// <param name="open">Opens the blob at a place.</param>
    /// <param name="sent">Is told the bytes sent so far.</param>
    /// <exception cref="MiniRunException">The registry refuses it, or cannot be reached for long enough.</exception>
    internal async Task SendAsync(UploadPlace? begun, Func<long, Stream> open, Action<long> sent, CancellationToken cancellation)
    {
        UploadPlace? place = begun;
        long best = 0;
        for (int failures = 1; ; failures++)
        {
            try
            {
                place ??= await BeginAsync(cancellation).ConfigureAwait(false);
                while (place.Received < blob.Size)
                {
                    place = await SendPartAsync(place, open, sent, cancellation).ConfigureAwait(false);
                }

                await CloseAsync(place, cancellation).ConfigureAwait(false);
                return;
            }
            catch (ConnectionException failure) when (failure.IsTransient)
            {
                failures = place?.Received >= best + Progress ? 1 : failures;
                best = Math.Max(best, place?.Received ?? 0);
                TimeSpan pause = session.Settings.Retry.Pause(failures, null) ?? throw new MiniRunException($"{subject}: {failure.Message} ({failures} attempts)", failure);
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
            }

            place = place is null ? null : await AskPlaceAsync(place, cancellation).ConfigureAwait(false);
        }
    }

    private Task<UploadPlace> BeginAsync(CancellationToken cancellation) =>
        ExpectAsync(new RegistryRequest(HttpMethod.Post, $"{repository}/blobs/uploads/", _scope, subject), HttpStatusCode.Accepted, response => PlaceOf(response, 0), cancellation);

    private Task<UploadPlace> SendPartAsync(UploadPlace place, Func<long, Stream> open, Action<long> sent, CancellationToken cancellation)
    {
        long from = place.Received;
        long length = Math.Min(Math.Max(session.Settings.UploadPart, place.LeastPart), blob.Size - from);
        RegistryRequest request = new(HttpMethod.Patch, "", _scope, subject)
        {
            Location = place.Location,
            Retries = false,
            Content = () =>
            {
                UploadContent content = new(open(from), length, done => sent(from + done));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                // The specification's form, which is not HTTP's "bytes 0-9/10".
                content.Headers.TryAddWithoutValidation("Content-Range", $"{from}-{from + length - 1}");
                return content;
            },
        };
        return ExpectAsync(request, HttpStatusCode.Accepted, response => PlaceOf(response, from + length, place), cancellation);
    }

    private Task<bool> CloseAsync(UploadPlace place, CancellationToken cancellation)
    {
        RegistryRequest request = new(HttpMethod.Put, "", _scope, subject) { Location = place.Closing(blob.Digest.ToString()), Retries = false };
        return ExpectAsync(request, HttpStatusCode.Created, _ => true, cancellation);
    }

    /// <summary>How far the upload came; null where the registry does not say, and it is to be begun anew.</summary>
    private Task<UploadPlace?> AskPlaceAsync(UploadPlace place, CancellationToken cancellation)
    {
        RegistryRequest request = new(HttpMethod.Get, "", _scope, subject) { Location = place.Location };
        return session.SendAsync(request, response =>
        {
            using (response)
            {
                bool isKnown = response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.Accepted;
                return Task.FromResult(isKnown && ReceivedOf(response) is { } received && received <= blob.Size ? PlaceOf(response, received, place) : null);
            }
        }, cancellation);
    }

    private Task<T> ExpectAsync<T>(RegistryRequest request, HttpStatusCode expected, Func<HttpResponseMessage, T> read, CancellationToken cancellation) =>
        session.SendAsync(request, async response =>
        {
            using (response)
            {
                // 404 and 416: the upload is forgotten, or has come to another place than was thought.
                bool mayResume = !request.Retries && response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable;
                return response.StatusCode == expected ? read(response)
                    : mayResume ? throw new ConnectionException($"{session.Endpoint.Name} answers {(int)response.StatusCode} {response.StatusCode}") { IsTransient = true }
                    : throw await RegistryAnswers.ToFailureAsync(session, request, response, cancellation).ConfigureAwait(false);
            }
        }, cancellation);

    /// <summary>"Range: 0-99" are 100 bytes; "0-0" is said of none too, so it is no answer.</summary>
    private static long? ReceivedOf(HttpResponseMessage response)
    {
        string range = response.Headers.NonValidated.TryGetValues("Range", out HeaderStringValues values) ? values.ToString() : "";
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && long.TryParse(range.AsSpan(dash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long last) && last > 0 ? last + 1 : null;
    }

    private UploadPlace PlaceOf(HttpResponseMessage response, long received, UploadPlace? before = null) => UploadLocation.Of(response, session.Endpoint, received, before)
        ?? throw new MiniRunException($"{subject}: {session.Endpoint.Name} begins an upload and does not say where (Location is missing)");
}

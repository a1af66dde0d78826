using System.Globalization;
using System.Net.Http.Headers;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;

namespace MiniRun.Engine.Registries.Uploads;

/// <summary>Reads where an upload goes on from the head of an answer.</summary>
internal static class UploadLocation
{
    /// <summary>The place that the answer names, or the one before; null where there is neither.</summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">It leads away from TLS.</exception>
    internal static UploadPlace? Of(HttpResponseMessage response, RegistryEndpoint endpoint, long received, UploadPlace? before)
    {
        Uri asked = response.RequestMessage!.RequestUri!;
        Uri? next = response.Headers.Location is { } location ? HttpTransport.NextOf(asked, location, endpoint.IsInsecure) : before?.Location;
        return next is null ? null : new UploadPlace(next, received) { LeastPart = LeastPartOf(response) };
    }

    private static long LeastPartOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("OCI-Chunk-Min-Length", out HeaderStringValues values)
            && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long least) ? least : 0;
}

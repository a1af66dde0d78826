using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>ADD of a web address: fetched into the scratch folder, within limits of size and time, and never unpacked.</summary>
internal static class RemoteFile
{
    private const long LargestFile = 8L << 30;
    private const uint DownloadMode = 0x180; // 0600, as docker has it
    private const int MostRedirections = 10;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    internal static bool IsAddress(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fetches a file. It is named after the address's last part, unless the destination names it.</summary>
    /// <exception cref="MiniRunException">It cannot be had, is too large, or has no name.</exception>
    internal static CopyItem Fetch(BuildSession session, string address, string destination)
    {
        string name = NameOf(address, destination);
        string folder = session.NewPath();
        HostDirectory.Make(folder);
        FileDescriptor opened = HostFile.OpenDirectory(folder);
        DateTimeOffset? modified = FetchTo(opened, name, address, session.Cancellation).GetAwaiter().GetResult();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        FolderEntry.SetModified(opened, bytes, new FileTime(modified?.ToUnixTimeSeconds() ?? 0, 0));
        return new CopyItem.Found(new Place(opened, bytes, name, FileStatus.OfEntry(opened, bytes)), IgnoreRules.None);
    }

    private static string NameOf(string address, string destination)
    {
        string path = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? Uri.UnescapeDataString(uri.AbsolutePath) : "";
        string name = path[(path.LastIndexOf('/') + 1)..];
        bool usable = name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Contains('\0', StringComparison.Ordinal);
        return usable || destination.EndsWith('/') ? usable ? name : throw new MiniRunException($"cannot determine filename for source {address}: name the file in the destination") : "download";
    }

    private static async Task<DateTimeOffset?> FetchTo(FileDescriptor folder, string name, string address, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirections };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        // The client's own limit ends with the answer's head; a server that sends a byte now and then would hold the build up for ever.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(s_longest);
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new MiniRunException($"ADD {address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
            }

            using FileDescriptor file = HostFile.OpenAt(folder, name, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, DownloadMode);
            await using Stream body = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            await Keep(body, file, address, deadline.Token).ConfigureAwait(false);
            return response.Content.Headers.LastModified;
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MiniRunException($"ADD {address}: it was not here after {s_longest.TotalMinutes:0} minutes", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new MiniRunException($"ADD {address}: {failure.Message}", failure);
        }
    }

    private static async Task Keep(Stream body, FileDescriptor file, string address, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false); count > 0; count = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false))
        {
            total += count;
            if (total > LargestFile)
            {
                throw new MiniRunException($"ADD {address}: larger than {LargestFile} bytes, which is the most minirun fetches");
            }

            HostFile.WriteAll(file, buffer.AsSpan(0, count), address);
        }
    }
}

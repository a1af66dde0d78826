using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>Downloads that were broken off wait to be continued, but not for ever.</summary>
internal static class PartialBlobs
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);

    /// <summary>Removes those that nobody has gone on with for a week, and what dead processes were making or deleting; only who is alone in the store may.</summary>
    /// <param name="staging">The folder they are in.</param>
    /// <param name="all">Also those that could still be continued.</param>
    /// <exception cref="MiniRunException">Something cannot be removed.</exception>
    internal static void Remove(string staging, bool all)
    {
        if (FileStatus.Of(staging) is not { IsDirectory: true })
        {
            return;
        }

        using FileDescriptor folder = HostFile.OpenDirectory(staging);
        long oldest = all ? long.MaxValue : DateTimeOffset.UtcNow.Subtract(s_kept).ToUnixTimeSeconds();
        foreach (string name in HostDirectory.List(folder, staging))
        {
            bool dead = name.StartsWith("new-", StringComparison.Ordinal);
            bool partial = name.StartsWith("blob-", StringComparison.Ordinal);
            if (dead || (partial && FileStatus.OfEntry(folder, name) is { } status && status.ModifiedSeconds < oldest))
            {
                HostDirectory.RemoveFile(folder, name);
            }
            else if (name.StartsWith(LayerStore.DeadPrefix, StringComparison.Ordinal))
            {
                TreeRemoval.Remove(folder, name);
            }
        }
    }
}

using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Images;

/// <summary>A container's own copy of its image, where overlayfs cannot be used.</summary>
internal static class ImageCopy
{
    private const uint TraversableFolder = 0x1ed; // 0755

    /// <summary>Unpacks the layers over each other, or copies a sample's folder, with owners, modes, links, devices and attributes as they are.</summary>
    /// <exception cref="MiniRunException">A layer cannot be unpacked, or cp failed; what it says of it is on stderr.</exception>
    internal static void Make(Image image, string destination, BlobStore blobs)
    {
        if (image.Stored is { } stored)
        {
            Unpack(stored, destination, blobs);
            return;
        }

        foreach (string layer in image.Layers)
        {
            // coreutils' cp, not a copier of our own: it knows reflinks, sparse files and attributes, and this is no hot path.
            int status = HelperProgram.Run("cp", ["cp", "-a", "-T", "--reflink=auto", layer, destination]);
            if (status != 0)
            {
                throw new MiniRunException($"cp {layer} {destination}: exit status {status}: the image could not be copied for the container");
            }
        }
    }

    private static void Unpack(StoredImage stored, string destination, BlobStore blobs)
    {
        HostDirectory.Make(destination, TraversableFolder);
        HostDirectory.ChangeMode(destination, TraversableFolder);
        using FileDescriptor folder = HostFile.OpenDirectory(destination);
        for (int i = 0; i < stored.Manifest.Layers.Count; i++)
        {
            using Stream blob = blobs.OpenRead(stored.Manifest.Layers[i].Digest);
            VerifiedLayer.Unpack(blob, stored.Document.DiffIds[i], folder, UnpackChoice.ForCopy(), CancellationToken.None);
        }
    }
}

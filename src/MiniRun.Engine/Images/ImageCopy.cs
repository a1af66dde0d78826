using MiniRun.Linux;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Images;

/// <summary>A container's own copy of its image, where overlayfs cannot be used.</summary>
internal static class ImageCopy
{
    /// <summary>Copies the layers, the lowest first, with owners, modes, links, devices and attributes as they are.</summary>
    /// <exception cref="MiniRunException">cp failed; what it says of it is on stderr.</exception>
    internal static void Make(Image image, string destination)
    {
        for (int i = image.Layers.Count - 1; i >= 0; i--)
        {
            // coreutils' cp, not a copier of our own: it knows reflinks, sparse files and attributes, and this is no hot path.
            int status = HelperProgram.Run("cp", ["cp", "-a", "-T", "--reflink=auto", image.Layers[i], destination]);
            if (status != 0)
            {
                throw new MiniRunException($"cp {image.Layers[i]} {destination}: exit status {status}: the image could not be copied for the container");
            }
        }
    }
}

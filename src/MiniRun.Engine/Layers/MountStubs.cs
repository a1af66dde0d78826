using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Files and folders that exist only because something was mounted there while a container ran. They are no change of its
/// program's, so a layer leaves them out as far as they are still empty.
/// </summary>
/// <param name="paths">They, and the folders that were made for them alone; from the root on, without a leading '/'.</param>
/// <param name="times">The folders in which they were made, and the times these had before.</param>
public sealed class MountStubs(IReadOnlyList<byte[]> paths, IReadOnlyList<(byte[] Path, FileTime Time)> times)
{
    internal bool Has(ReadOnlySpan<byte> path)
    {
        foreach (byte[] stub in paths)
        {
            if (path.SequenceEqual(stub))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The time that a folder had; null where no stub was made in it.</summary>
    internal FileTime? TimeOf(ReadOnlySpan<byte> path)
    {
        foreach ((byte[] folder, FileTime time) in times)
        {
            if (path.SequenceEqual(folder))
            {
                return time;
            }
        }

        return null;
    }
}

using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>How a layer's deletions and replacements are carried out: see <see cref="LayerMode"/>. Names are single components in open folders.</summary>
internal interface ILayerTarget
{
    /// <summary>Something that is no folder is where the way to an entry goes through: it makes room, or the layer is refused.</summary>
    /// <returns>Whether the folder that comes there must hide what layers below have of that name.</returns>
    /// <exception cref="MiniRunException">The layer put it there itself; a link could lead anywhere.</exception>
    bool ReplaceOnTheWay(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path, Errno error);

    /// <summary>An entry takes the place of what is there, which goes with all in it.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="byFolder">Whether the entry is a folder.</param>
    /// <returns>As <see cref="ReplaceOnTheWay"/>.</returns>
    bool Replace(FileDescriptor folder, ReadOnlySpan<byte> name, bool byFolder);

    /// <summary>Layers below have nothing of this name any more.</summary>
    void Delete(FileDescriptor folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path);

    /// <summary>Layers below have nothing in this folder any more.</summary>
    void MakeOpaque(FileDescriptor folder, ReadOnlySpan<byte> path);

    /// <summary>The layer has something at this path, or below it.</summary>
    void Has(ReadOnlySpan<byte> path);
}

using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Patterns;

namespace MiniRun.Engine.Build.Steps;

/// <summary>One thing that COPY or ADD puts into the image.</summary>
internal abstract record CopyItem : IDisposable
{
    private CopyItem()
    {
    }

    internal abstract void CopyTo(ImageCopier copier);

    internal abstract void AddTo(TreeDigest digest);

    /// <summary>Closes what it is copied from.</summary>
    public void Dispose() => Opened?.Dispose();

    private protected virtual Place? Opened => null;

    /// <summary>A here-document of the Dockerfile.</summary>
    internal sealed record Text(string Name, byte[] Contents) : CopyItem
    {
        internal override void CopyTo(ImageCopier copier) => copier.Write(Name, Contents);

        internal override void AddTo(TreeDigest digest)
        {
            digest.Add(Name);
            digest.AddBytes(Contents);
        }
    }

    /// <summary>A file or folder of the context, a stage or an image.</summary>
    internal sealed record Found(Place Place, IgnoreRules Ignore) : CopyItem
    {
        private protected override Place Opened => Place;

        internal override void CopyTo(ImageCopier copier) => copier.Copy(Place, Ignore);

        internal override void AddTo(TreeDigest digest)
        {
            if (Place.IsFolder)
            {
                digest.Add("folder");
                new SourceTree(Ignore, digest).WalkFolder(Place.Folder, Place.Path, "");
            }
            else
            {
                digest.Visit(new SourceEntry(Place.Folder, Place.Name!, System.Text.Encoding.UTF8.GetString(Place.Name!), Place.Existing!.Value));
            }
        }
    }

    /// <summary>A tar archive of the context, whose files are put into the destination (ADD).</summary>
    internal sealed record Archive(Place Place) : CopyItem
    {
        private protected override Place Opened => Place;

        internal override void CopyTo(ImageCopier copier)
        {
            using Place target = copier.OpenFolder();
            AddedArchive.Unpack(Place, target.Folder);
        }

        internal override void AddTo(TreeDigest digest)
        {
            digest.Add("archive");
            digest.Visit(new SourceEntry(Place.Folder, Place.Name!, "", Place.Existing!.Value));
        }
    }
}

using MiniRun.Engine.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>A folder to unpack into, with something beside it that must stay as it is.</summary>
public sealed class LayerFolder : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("minirun-layer-").FullName;

    public LayerFolder()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory($"{_base}/outside/sub");
        File.WriteAllText($"{_base}/outside/file", "untouched");
        File.SetUnixFileMode($"{_base}/outside/file", UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string Path => $"{_base}/layer";

    public string Outside => $"{_base}/outside";

    public string this[string name] => $"{Path}/{name}";

    internal LayerSummary Unpack(TarBuilder tar, UnpackOptions? options = null) => Unpack(tar.Bytes, options);

    public LayerSummary Unpack(byte[] tar, UnpackOptions? options = null)
    {
        using FileDescriptor folder = HostFile.OpenDirectory(Path);
        return LayerUnpacker.Unpack(new MemoryStream(tar), folder, options ?? new UnpackOptions { OverlayAttributes = Attributes });
    }

    public static OverlayAttributes Attributes => Ids.IsRoot ? OverlayAttributes.Trusted : OverlayAttributes.User;

    public FileStatus Status(string name) => FileStatus.OfLink(this[name]) ?? throw new FileNotFoundException(name);

    public bool Has(string name) => FileStatus.OfLink(this[name]) is not null;

    public string? Attribute(string name, string attribute)
    {
        using FileDescriptor file = HostFile.Open(this[name], OpenFlags.O_RDONLY);
        byte[]? value = FileMetadata.Attribute(file, System.Text.Encoding.UTF8.GetBytes(attribute));
        return value is null ? null : System.Text.Encoding.Latin1.GetString(value);
    }

    public bool IsOpaque(string name) => Attribute(name, Attributes == OverlayAttributes.Trusted ? "trusted.overlay.opaque" : "user.overlay.opaque") == "y";

    /// <summary>Nothing beside the layer was made, removed or changed.</summary>
    public void AssertOutsideIsUntouched()
    {
        Assert.Equal(["layer", "outside"], Directory.GetFileSystemEntries(_base).Select(System.IO.Path.GetFileName).Order());
        Assert.Equal(["file", "sub"], Directory.GetFileSystemEntries(Outside).Select(System.IO.Path.GetFileName).Order());
        Assert.Empty(Directory.GetFileSystemEntries($"{Outside}/sub"));
        Assert.Equal("untouched", File.ReadAllText($"{Outside}/file"));
        FileStatus status = FileStatus.OfLink($"{Outside}/file")!.Value;
        Assert.Equal((0x180u, 1u), (status.Mode & FileModes.PermissionBits, status.Links));
    }

    public void Dispose() => TreeRemoval.Remove(_base);
}

using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Where a RUN's program writes to: the caller's stderr, beside the progress, or a file that is shown only where it fails (-q).</summary>
internal sealed class ProgramOutput : IDisposable
{
    private const int StandardError = 2;
    private const int ShownBytes = 2048;

    private readonly bool _kept;

    private ProgramOutput(FileDescriptor descriptor, bool kept)
    {
        Descriptor = descriptor;
        _kept = kept;
    }

    internal FileDescriptor Descriptor { get; }

    internal static ProgramOutput Shown() => new(FileDescriptor.Borrow(StandardError), kept: false);

    internal static ProgramOutput Kept(string path) =>
        new(HostFile.Open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_APPEND, 0x180), kept: true);

    /// <summary>The end of what was kept, as a part of a message; "" where there is nothing.</summary>
    internal string Tail()
    {
        string text = _kept ? Encoding.UTF8.GetString(HostFile.ReadTail(Descriptor, ShownBytes)).Trim() : "";
        return text.Length == 0 ? "" : $"; it wrote: {text}";
    }

    public void Dispose() => Descriptor.Dispose();
}

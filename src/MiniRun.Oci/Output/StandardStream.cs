using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Oci.Output;

/// <summary>Standard output and error by write(2): the BCL's Console costs more than a whole container.</summary>
internal static class StandardStream
{
    public static void Out(string text) => Out(Encoding.UTF8.GetBytes(text));

    public static void Out(ReadOnlySpan<byte> bytes) => HostFile.WriteAll(FileDescriptor.Borrow(1), bytes, "standard output");

    /// <summary>Whatever happens to the stream, there is nobody left to tell.</summary>
    public static void Error(ReadOnlySpan<byte> bytes) => HostFile.TryWrite(FileDescriptor.Borrow(2), bytes, out _);
}

using System.Runtime.ExceptionServices;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>Has one end of a copy packed while the other is unpacked: what lies between fits into a pipe.</summary>
internal static class TarBridge
{
    private const int BufferSize = 1 << 16;

    internal static long Carry(Action<Stream> pack, Func<Stream, long> unpack)
    {
        using Pipe pipe = Pipe.Create();
        Exception? packing = null;
        Thread packer = new(() => packing = Catch(() =>
        {
            using DescriptorStream end = new(pipe.WriteEnd, "the unpacking end");
            using BufferedStream buffered = new(end, BufferSize);
            pack(buffered);
        }));
        packer.Start();
        long bytes = 0;
        Exception? unpacking = Catch(() =>
        {
            using DescriptorStream end = new(pipe.ReadEnd, "the packing end");
            bytes = unpack(end);
        });
        packer.Join();
        Rethrow(packing, unpacking);
        return bytes;
    }

    /// <summary>The cause is what counts: an end that fails makes the other's pipe break, or its tar end too early.</summary>
    private static void Rethrow(Exception? packing, Exception? unpacking)
    {
        bool broken = packing is SyscallException { Errno: Errno.EPIPE };
        if ((broken ? unpacking : packing ?? unpacking) is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    private static Exception? Catch(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}

using System.Buffers.Binary;
using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Walks a directory's entries by getdents64, without "." and "..".</summary>
internal sealed class DirectoryReader(FileDescriptor directory, string subject)
{
    private readonly byte[] _buffer = new byte[8192];
    private int _position;
    private int _filled;

    /// <summary>The next entry, or false at the end; type is DT_*, and may be DT_UNKNOWN.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public bool Next(out string name, out byte type)
    {
        bool found = Next(out ReadOnlySpan<byte> bytes, out type);
        name = Encoding.UTF8.GetString(bytes);
        return found;
    }

    /// <summary>The same with the name's bytes, which hold until the next call.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public bool Next(out ReadOnlySpan<byte> name, out byte type)
    {
        while (_position < _filled || Fill())
        {
            ReadOnlySpan<byte> entry = _buffer.AsSpan(_position, _filled - _position);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(entry[Libc.DirentLengthOffset..]);
            type = entry[Libc.DirentTypeOffset];
            ReadOnlySpan<byte> bytes = entry[Libc.DirentNameOffset..length];
            bytes = bytes[..bytes.IndexOf((byte)0)];
            _position += length;
            if (!bytes.SequenceEqual("."u8) && !bytes.SequenceEqual(".."u8))
            {
                name = bytes;
                return true;
            }
        }

        name = [];
        type = 0;
        return false;
    }

    private unsafe bool Fill()
    {
        nint result;
        fixed (byte* start = _buffer)
        {
            result = Libc.getdents64(directory, start, (nuint)_buffer.Length);
        }

        _filled = (int)KernelCall.Check(result, "getdents64", subject);
        _position = 0;
        return _filled > 0;
    }
}

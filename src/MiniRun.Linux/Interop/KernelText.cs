using System.Runtime.InteropServices.Marshalling;
using System.Text;

namespace MiniRun.Linux.Interop;

/// <summary>Passes text to the kernel as NUL-terminated UTF-8, and refuses text with a NUL inside: the kernel would see a shorter path than was checked.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(ManagedToUnmanagedIn))]
internal static unsafe class KernelText
{
    internal ref struct ManagedToUnmanagedIn
    {
        private byte* _text;
        private bool _allocated;

        public static int BufferSize => 512;

        public void FromManaged(string? managed, Span<byte> buffer)
        {
            if (managed is null)
            {
                return;
            }

            if (managed.Contains('\0', StringComparison.Ordinal))
            {
                throw new MiniRunException($"'{managed.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL byte; the kernel would only see what stands before it");
            }

            int size = Encoding.UTF8.GetByteCount(managed) + 1;
            _allocated = size > buffer.Length;
            Span<byte> target = buffer;
            if (_allocated)
            {
                _text = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)size);
                target = new Span<byte>(_text, size);
            }
            else
            {
                // The generated code pins the buffer by stackalloc: its address holds until Free.
                _text = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(buffer));
            }

            int written = Encoding.UTF8.GetBytes(managed, target);
            target[written] = 0;
        }

        public readonly byte* ToUnmanaged() => _text;

        public readonly void Free()
        {
            if (_allocated)
            {
                System.Runtime.InteropServices.NativeMemory.Free(_text);
            }
        }
    }
}

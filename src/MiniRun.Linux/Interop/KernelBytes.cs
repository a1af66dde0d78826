using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;

namespace MiniRun.Linux.Interop;

/// <summary>Passes a name that is bytes, of whatever encoding, to the kernel with a NUL at its end, and refuses one with a NUL inside; see <see cref="KernelText"/>.</summary>
[CustomMarshaller(typeof(ReadOnlySpan<byte>), MarshalMode.ManagedToUnmanagedIn, typeof(ManagedToUnmanagedIn))]
internal static unsafe class KernelBytes
{
    internal ref struct ManagedToUnmanagedIn
    {
        private byte* _text;
        private bool _allocated;

        public static int BufferSize => 512;

        public void FromManaged(ReadOnlySpan<byte> managed, Span<byte> buffer)
        {
            if (managed.Contains((byte)0))
            {
                throw new MiniRunException($"'{OneLine.Of(Encoding.UTF8.GetString(managed))}' holds a NUL byte; the kernel would only see what stands before it");
            }

            _allocated = managed.Length >= buffer.Length;

            // The generated code pins the buffer by stackalloc: its address holds until Free.
            _text = _allocated
                ? (byte*)NativeMemory.Alloc((nuint)managed.Length + 1)
                : (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
            managed.CopyTo(new Span<byte>(_text, managed.Length));
            _text[managed.Length] = 0;
        }

        public readonly byte* ToUnmanaged() => _text;

        public readonly void Free()
        {
            if (_allocated)
            {
                NativeMemory.Free(_text);
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace MiniRun.Linux.Processes;

/// <summary>Texts as C's argv: NUL-terminated, the array ended by a null pointer.</summary>
internal sealed unsafe class SpawnTexts : IDisposable
{
    private readonly int _count;

    internal SpawnTexts(IReadOnlyList<string> texts)
    {
        Pointers = (nint*)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(nint));
        for (; _count < texts.Count; _count++)
        {
            Pointers[_count] = Marshal.StringToCoTaskMemUTF8(texts[_count]);
        }
    }

    internal nint* Pointers { get; }

    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
        {
            Marshal.FreeCoTaskMem(Pointers[i]);
        }

        NativeMemory.Free(Pointers);
    }
}

using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux;

/// <summary>A POSIX extended regular expression (regex(7)), by libc: the BCL's would make the static program a third larger.</summary>
public sealed unsafe class PosixRegex : IDisposable
{
    private const int LongestReason = 128; // a longer one is cut off

    private readonly regex_t* _compiled = (regex_t*)NativeMemory.AllocZeroed((nuint)sizeof(regex_t));

    /// <exception cref="MiniRunException">It is no regular expression.</exception>
    public PosixRegex(string pattern)
    {
        int error = Libc.regcomp(_compiled, pattern, Libc.REG_EXTENDED | Libc.REG_NOSUB);
        if (error != 0)
        {
            string reason = Reason(error);
            NativeMemory.Free(_compiled);
            throw new MiniRunException($"\"{pattern}\" is no regular expression: {reason}: see regex(7)");
        }
    }

    /// <summary>Whether it matches any part of the text.</summary>
    public bool IsMatch(string text) => Libc.regexec(_compiled, text, 0, null, 0) == 0;

    public void Dispose()
    {
        Libc.regfree(_compiled);
        NativeMemory.Free(_compiled);
    }

    private string Reason(int error)
    {
        byte* text = stackalloc byte[LongestReason];
        Libc.regerror(error, _compiled, text, LongestReason);
        return Marshal.PtrToStringUTF8((nint)text)!;
    }
}

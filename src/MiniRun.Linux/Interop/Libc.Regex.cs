using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>regex.h.</summary>
internal static unsafe partial class Libc
{
    public const int REG_EXTENDED = 1;
    public const int REG_NOSUB = 8;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int regcomp(regex_t* compiled, string pattern, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int regexec(regex_t* compiled, string text, nuint matches, void* match, int flags);

    [LibraryImport("libc")]
    public static partial nuint regerror(int error, regex_t* compiled, byte* text, nuint size);

    [LibraryImport("libc")]
    public static partial void regfree(regex_t* compiled);
}

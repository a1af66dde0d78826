using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>seccomp.h of libseccomp 2.5. Linked statically into the NativeAOT programs (NativeLibrary and DirectPInvoke), a shared library under test.</summary>
internal static unsafe partial class LibSeccomp
{
    /// <summary>What seccomp_syscall_resolve_name returns for a name it does not know.</summary>
    public const int __NR_SCMP_ERROR = -1;

    private const string Library = "libseccomp";

    [LibraryImport(Library)]
    public static partial scmp_version* seccomp_version();

    [LibraryImport(Library)]
    public static partial nint seccomp_init(uint def_action);

    [LibraryImport(Library)]
    public static partial void seccomp_release(nint ctx);

    [LibraryImport(Library)]
    public static partial uint seccomp_arch_native();

    [LibraryImport(Library)]
    public static partial int seccomp_arch_add(nint ctx, uint arch_token);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int seccomp_syscall_resolve_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int seccomp_syscall_resolve_name_arch(uint arch_token, string name);

    [LibraryImport(Library)]
    public static partial int seccomp_rule_add_array(nint ctx, uint action, int syscall, uint arg_cnt, scmp_arg_cmp* arg_array);

    [LibraryImport(Library)]
    public static partial int seccomp_export_bpf(nint ctx, int fd);

    [StructLayout(LayoutKind.Sequential)]
    public struct scmp_version
    {
        public uint major;
        public uint minor;
        public uint micro;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct scmp_arg_cmp
    {
        public uint arg;
        public int op;
        public ulong datum_a;
        public ulong datum_b;
    }
}

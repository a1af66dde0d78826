namespace MiniRun.Linux.Files;

/// <summary>openat2(2)'s RESOLVE_* flags (linux/openat2.h).</summary>
public static class ResolveFlags
{
    public const ulong RESOLVE_NO_XDEV = 1;
    public const ulong RESOLVE_NO_MAGICLINKS = 2;
    public const ulong RESOLVE_NO_SYMLINKS = 4;
    public const ulong RESOLVE_BENEATH = 8;
    public const ulong RESOLVE_IN_ROOT = 0x10;
}

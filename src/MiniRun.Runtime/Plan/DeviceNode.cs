namespace MiniRun.Runtime.Plan;

/// <summary>The kernel's numbers for device nodes, in kernel spelling (linux/stat.h).</summary>
internal static class DeviceNode
{
    public const ulong S_IFMT = 0xf000;
    public const ulong S_IFIFO = 0x1000;
    public const ulong S_IFCHR = 0x2000;
    public const ulong S_IFBLK = 0x6000;

    /// <summary>The device number as mknod(2) takes it: 12 bits of major, 20 of minor.</summary>
    public static ulong Number(long major, long minor) =>
        ((ulong)minor & 0xff) | ((ulong)major << 8) | (((ulong)minor & ~0xfful) << 12);

    public static ulong MajorOf(ulong number) => (number >> 8) & 0xfff;

    public static ulong MinorOf(ulong number) => (number & 0xff) | ((number >> 12) & 0xfff00);
}

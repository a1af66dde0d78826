using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct winsize of asm-generic/termios.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct winsize
{
    public ushort ws_row;
    public ushort ws_col;
    public ushort ws_xpixel;
    public ushort ws_ypixel;
}

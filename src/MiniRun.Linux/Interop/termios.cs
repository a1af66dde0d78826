using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct termios as TCGETS and TCSETS take it (asm-generic/termbits.h; not the C library's).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct termios
{
    public uint c_iflag;
    public uint c_oflag;
    public uint c_cflag;
    public uint c_lflag;
    public byte c_line;
    public fixed byte c_cc[19];
}

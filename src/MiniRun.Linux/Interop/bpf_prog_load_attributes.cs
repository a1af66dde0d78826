using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>union bpf_attr as BPF_PROG_LOAD reads it, up to expected_attach_type (linux/bpf.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_prog_load_attributes
{
    public uint prog_type;
    public uint insn_cnt;
    public ulong insns;
    public ulong license;
    public uint log_level;
    public uint log_size;
    public ulong log_buf;
    public uint kern_version;
    public uint prog_flags;
    public fixed byte prog_name[16];
    public uint prog_ifindex;
    public uint expected_attach_type;
}

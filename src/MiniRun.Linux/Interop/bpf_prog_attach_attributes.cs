using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>union bpf_attr as BPF_PROG_ATTACH reads it (linux/bpf.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_prog_attach_attributes
{
    public uint target_fd;
    public uint attach_bpf_fd;
    public uint attach_type;
    public uint attach_flags;
    public uint replace_bpf_fd;
}

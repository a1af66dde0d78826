using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>union bpf_attr as BPF_PROG_QUERY reads and fills it (linux/bpf.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_prog_query_attributes
{
    public uint target_fd;
    public uint attach_type;
    public uint query_flags;
    public uint attach_flags;
    public ulong prog_ids;
    public uint prog_cnt;
}

namespace MiniRun.Linux.Cgroups;

/// <summary>BPF_DEVCG_ACC_*: what a device rule covers. Source: include/uapi/linux/bpf.h.</summary>
[Flags]
public enum DeviceAccess
{
    None = 0,
    Mknod = 1,
    Read = 2,
    Write = 4,
    All = Mknod | Read | Write,
}

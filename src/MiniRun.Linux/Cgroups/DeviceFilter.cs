using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>Loads a device program (<see cref="DeviceProgram"/>) and puts it in force for a cgroup. Needs no rlimit: since Linux 5.11 programs are charged to the memory cgroup.</summary>
public static class DeviceFilter
{
    private const int BPF_PROG_LOAD = 5;
    private const int BPF_PROG_ATTACH = 8;
    private const int BPF_PROG_GET_FD_BY_ID = 13;
    private const int BPF_PROG_QUERY = 16;
    private const uint BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    private const uint BPF_CGROUP_DEVICE = 6;

    // Programs of the cgroups above stay in force, and the container cannot replace this one.
    private const uint BPF_F_ALLOW_MULTI = 2;
    private const uint BPF_F_REPLACE = 4;
    private const int InstructionSize = 8;
    private const int LogSize = 64 << 10;

    /// <summary>Loads and attaches a program.</summary>
    /// <exception cref="SyscallException">EPERM: no CAP_BPF or CAP_SYS_ADMIN in the initial user namespace.</exception>
    /// <exception cref="MiniRunException">The kernel's verifier refused the program; its last words are in the message.</exception>
    public static void Attach(Cgroup cgroup, ReadOnlySpan<byte> program)
    {
        using FileDescriptor loaded = Load(program);
        AttachTo(cgroup, loaded, replaced: null);
    }

    /// <summary>Puts another program in the place of the one that <see cref="Attach"/> put in force, without a moment with none.</summary>
    /// <exception cref="SyscallException">EPERM: no CAP_BPF or CAP_SYS_ADMIN in the initial user namespace.</exception>
    /// <exception cref="MiniRunException">The kernel's verifier refused the program, or others' programs stand there as well.</exception>
    public static void Replace(Cgroup cgroup, ReadOnlySpan<byte> program)
    {
        using FileDescriptor loaded = Load(program);
        using FileDescriptor? old = Attached(cgroup);
        AttachTo(cgroup, loaded, old);
    }

    /// <summary>The one program in force for exactly this cgroup; null where there is none.</summary>
    private static unsafe FileDescriptor? Attached(Cgroup cgroup)
    {
        const int Most = 16;
        uint* ids = stackalloc uint[Most];
        bpf_prog_query_attributes query = new() { target_fd = (uint)cgroup.Directory.Number, attach_type = BPF_CGROUP_DEVICE, prog_ids = (ulong)ids, prog_cnt = Most };
        KernelCall.Check(Libc.bpf(BPF_PROG_QUERY, &query, (uint)sizeof(bpf_prog_query_attributes)), "bpf", $"BPF_PROG_QUERY of {cgroup.Folder}");
        switch (query.prog_cnt)
        {
            case 0:
                return null;
            case 1:
                nint result = Libc.bpf(BPF_PROG_GET_FD_BY_ID, ids, sizeof(uint));
                return KernelCall.CheckDescriptor(result, "bpf", $"BPF_PROG_GET_FD_BY_ID {ids[0]}");
            default:
                throw new MiniRunException($"{cgroup.Folder}: {query.prog_cnt} device programs are attached, and which of them is the container's cannot be told: leave the device rules out");
        }
    }

    internal static FileDescriptor Load(ReadOnlySpan<byte> program)
    {
        nint result = Load(program, []);
        if (result != -1)
        {
            return FileDescriptor.Adopt((int)result);
        }

        Errno error = KernelCall.LastError;
        if (error is not (Errno.EINVAL or Errno.EACCES or Errno.E2BIG))
        {
            throw new SyscallException("bpf", "BPF_PROG_LOAD of the device rules", error);
        }

        byte[] log = new byte[LogSize];
        result = Load(program, log);
        return result != -1
            ? FileDescriptor.Adopt((int)result)
            : throw new MiniRunException($"bpf BPF_PROG_LOAD of the device rules: {error.Reason()}: {LastLine(log)}");
    }

    private static unsafe nint Load(ReadOnlySpan<byte> program, Span<byte> log)
    {
        fixed (byte* instructions = program)
        fixed (byte* license = "Apache-2.0\0"u8)
        fixed (byte* logStart = log)
        {
            bpf_prog_load_attributes attributes = new()
            {
                prog_type = BPF_PROG_TYPE_CGROUP_DEVICE,
                insn_cnt = (uint)(program.Length / InstructionSize),
                insns = (ulong)instructions,
                license = (ulong)license,
                log_level = log.IsEmpty ? 0U : 1U,
                log_size = (uint)log.Length,
                log_buf = (ulong)logStart,
                expected_attach_type = BPF_CGROUP_DEVICE,
            };
            return Libc.bpf(BPF_PROG_LOAD, &attributes, (uint)sizeof(bpf_prog_load_attributes));
        }
    }

    private static unsafe void AttachTo(Cgroup cgroup, FileDescriptor program, FileDescriptor? replaced)
    {
        bpf_prog_attach_attributes attributes = new()
        {
            target_fd = (uint)cgroup.Directory.Number,
            attach_bpf_fd = (uint)program.Number,
            attach_type = BPF_CGROUP_DEVICE,
            attach_flags = BPF_F_ALLOW_MULTI | (replaced is null ? 0 : BPF_F_REPLACE),
            replace_bpf_fd = (uint)(replaced?.Number ?? 0),
        };
        nint result = Libc.bpf(BPF_PROG_ATTACH, &attributes, (uint)sizeof(bpf_prog_attach_attributes));
        KernelCall.Check(result, "bpf", $"BPF_PROG_ATTACH to {cgroup.Folder}");
    }

    private static string LastLine(byte[] log)
    {
        string text = Encoding.ASCII.GetString(log).TrimEnd('\0', '\n');
        string[] lines = text.Split('\n');

        // The very last line counts instructions ("processed 4 insns …"); the one before says what is wrong.
        return lines.Length > 1 ? lines[^2] : text;
    }
}

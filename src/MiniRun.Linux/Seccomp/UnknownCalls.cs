using System.Buffers.Binary;
using static MiniRun.Linux.Interop.LibSeccomp;

namespace MiniRun.Linux.Seccomp;

/// <summary>
/// The first instructions of a filter: a system call newer than every one the profile names gets ENOSYS instead of the
/// default's EPERM. C libraries try new calls and fall back on ENOSYS; on EPERM they give up (fchmodat2 made chmod fail
/// in containers). runc does the same (libcontainer/seccomp/patchbpf).
/// </summary>
internal static class UnknownCalls
{
    private const uint AUDIT_ARCH_X86_64 = 0xc000003e;
    private const uint SCMP_ARCH_X32 = 0x4000003e;
    private const uint X32Bit = 0x40000000;

    private const uint ReturnErrno = 0x00050000;
    private const uint ENOSYS = 38;
    private const uint ActionMask = 0xffff0000;

    // struct seccomp_data: nr, arch, …; classic BPF: linux/filter.h.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const ushort LD_W_ABS = 0x20;
    private const ushort JMP_JA = 0x05;
    private const ushort JMP_JEQ = 0x15;
    private const ushort JMP_JGT = 0x25;
    private const ushort JMP_JSET = 0x45;
    private const ushort RET_K = 0x06;

    /// <summary>The instructions, none where the default lets calls through.</summary>
    public static byte[] Prologue(ResolvedFilter filter)
    {
        if (!Denies(filter.DefaultAction))
        {
            return [];
        }

        List<ulong> instructions = [Instruction(LD_W_ABS, 0, 0, ArchitectureOffset)];
        List<int> toFilter = [];
        uint native = seccomp_arch_native();
        AppendArchitecture(instructions, toFilter, filter, native);
        foreach (uint architecture in filter.Architectures)
        {
            if (architecture != native && architecture != SCMP_ARCH_X32)
            {
                AppendArchitecture(instructions, toFilter, filter, architecture);
            }
        }

        return Link(instructions, toFilter);
    }

    private static bool Denies(uint defaultAction) => (defaultAction & ActionMask) switch
    {
        ReturnErrno => (defaultAction & 0xffff) != ENOSYS,
        0x00000000 or 0x80000000 or 0x00030000 => true,
        _ => false,
    };

    private static void AppendArchitecture(List<ulong> instructions, List<int> toFilter, ResolvedFilter filter, uint architecture)
    {
        int largest = LargestNumber(filter, architecture);
        if (largest < 0)
        {
            return;
        }

        // x32 calls come with x86_64's architecture and a bit in the number.
        bool withX32 = architecture == AUDIT_ARCH_X86_64;
        instructions.Add(Instruction(JMP_JEQ, 0, (byte)(withX32 ? 8 : 4), architecture));
        instructions.Add(Instruction(LD_W_ABS, 0, 0, NumberOffset));
        if (withX32)
        {
            instructions.Add(Instruction(JMP_JSET, 3, 0, X32Bit));
        }

        AppendLimit(instructions, toFilter, (uint)largest);
        if (withX32)
        {
            int largestX32 = Contains(filter.Architectures, SCMP_ARCH_X32) ? LargestNumber(filter, SCMP_ARCH_X32) : -1;
            AppendLimit(instructions, toFilter, largestX32 < 0 ? uint.MaxValue : (uint)largestX32);
        }
    }

    /// <summary>Three instructions: numbers above the limit get ENOSYS, others the filter.</summary>
    private static void AppendLimit(List<ulong> instructions, List<int> toFilter, uint limit)
    {
        instructions.Add(Instruction(JMP_JGT, 0, 1, limit));
        instructions.Add(Instruction(RET_K, 0, 0, ReturnErrno | ENOSYS));
        toFilter.Add(instructions.Count);
        instructions.Add(Instruction(JMP_JA, 0, 0, 0));
    }

    private static byte[] Link(List<ulong> instructions, List<int> toFilter)
    {
        foreach (int jump in toFilter)
        {
            instructions[jump] = Instruction(JMP_JA, 0, 0, (uint)(instructions.Count - jump - 1));
        }

        byte[] bytes = new byte[instructions.Count * SeccompCompiler.InstructionSize];
        for (int index = 0; index < instructions.Count; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * SeccompCompiler.InstructionSize), instructions[index]);
        }

        return bytes;
    }

    private static int LargestNumber(ResolvedFilter filter, uint architecture)
    {
        int largest = -1;
        foreach (ResolvedRule rule in filter.Rules)
        {
            foreach (string name in rule.Names)
            {
                // Calls the architecture has not are negative.
                largest = Math.Max(largest, seccomp_syscall_resolve_name_arch(architecture, name));
            }
        }

        return largest;
    }

    private static bool Contains(IReadOnlyList<uint> list, uint value)
    {
        foreach (uint entry in list)
        {
            if (entry == value)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Instruction(ushort code, byte jumpTrue, byte jumpFalse, uint operand)
        => code | ((ulong)jumpTrue << 16) | ((ulong)jumpFalse << 24) | ((ulong)operand << 32);
}

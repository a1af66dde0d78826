using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using static MiniRun.Linux.Interop.LibSeccomp;

namespace MiniRun.Linux.Seccomp;

/// <summary>Compiles profiles to the kernel's struct sock_filter[] with libseccomp. Takes milliseconds: start through <see cref="SeccompCache"/>.</summary>
public static class SeccompCompiler
{
    /// <summary>BPF_MAXINSNS: what seccomp(2) takes at most.</summary>
    internal const int LargestProgram = 4096 * InstructionSize;

    internal const int InstructionSize = 8;

    // linux/seccomp.h.
    private const uint ActionMask = 0xffff0000;
    private const uint ActionAllow = 0x7fff0000;
    private const uint ActionLog = 0x7ffc0000;

    /// <summary>Compiles a profile.</summary>
    /// <exception cref="MiniRunException">A word is unknown, libseccomp refuses a rule, or the program becomes too long for the kernel.</exception>
    public static byte[] Compile(SeccompProfile profile) => Compile(ResolvedFilter.From(profile));

    internal static byte[] Compile(ResolvedFilter filter)
    {
        byte[] program;
        nint context = seccomp_init(filter.DefaultAction);
        if (context == 0)
        {
            throw new MiniRunException($"libseccomp does not take the default action 0x{filter.DefaultAction:x8} on this kernel");
        }

        try
        {
            AddArchitectures(context, filter);
            AddRules(context, filter);
            program = Export(context);
        }
        finally
        {
            seccomp_release(context);
        }

        return Checked([.. UnknownCalls.Prologue(filter), .. program]);
    }

    /// <summary>"2.5.4".</summary>
    internal static unsafe string LibraryVersion()
    {
        scmp_version* version = seccomp_version();
        return $"{version->major}.{version->minor}.{version->micro}";
    }

    private static void AddArchitectures(nint context, ResolvedFilter filter)
    {
        foreach (uint architecture in filter.Architectures)
        {
            Errno error = (Errno)(-seccomp_arch_add(context, architecture));
            if (error is not (0 or Errno.EEXIST))
            {
                throw new MiniRunException($"seccomp architecture 0x{architecture:x8}: libseccomp refused it: {error.Reason()}");
            }
        }
    }

    private static void AddRules(nint context, ResolvedFilter filter)
    {
        foreach (ResolvedRule rule in filter.Rules)
        {
            // libseccomp refuses rules that say what the default says anyway.
            if (rule.Action == filter.DefaultAction)
            {
                continue;
            }

            foreach (string name in rule.Names)
            {
                int number = seccomp_syscall_resolve_name(name);
                if (number != __NR_SCMP_ERROR)
                {
                    AddRule(context, rule, name, number);
                }
                else if (Allows(filter.DefaultAction) && !Allows(rule.Action))
                {
                    throw new MiniRunException($"seccomp rule {rule.ActionWord} for {name}: libseccomp {LibraryVersion()} does not know this system call and the default allows it, so it would not be denied: deny by default, or leave the name out");
                }
            }
        }
    }

    /// <summary>A denying default denies what no rule can name; an allowing one would let it through.</summary>
    private static bool Allows(uint action) => (action & ActionMask) is ActionAllow or ActionLog;

    private static void AddRule(nint context, in ResolvedRule rule, string name, int number)
    {
        if (!ComparesOneArgumentTwice(rule.Arguments))
        {
            Add(context, rule, name, number, rule.Arguments);
            return;
        }

        // libseccomp takes one comparison an argument. runc makes them rules of their own, any of which may match.
        foreach (ResolvedArgument argument in rule.Arguments)
        {
            Add(context, rule, name, number, [argument]);
        }
    }

    private static unsafe void Add(nint context, in ResolvedRule rule, string name, int number, IReadOnlyList<ResolvedArgument> arguments)
    {
        scmp_arg_cmp* comparisons = stackalloc scmp_arg_cmp[6];
        for (int index = 0; index < arguments.Count; index++)
        {
            ResolvedArgument argument = arguments[index];
            comparisons[index] = new() { arg = argument.Index, op = argument.Operator, datum_a = argument.Value, datum_b = argument.ValueTwo };
        }

        Errno error = (Errno)(-seccomp_rule_add_array(context, rule.Action, number, (uint)arguments.Count, comparisons));
        if (error != 0)
        {
            throw new MiniRunException($"seccomp rule {rule.ActionWord} for {name}: libseccomp refused it: {error.Reason()}");
        }
    }

    private static bool ComparesOneArgumentTwice(IReadOnlyList<ResolvedArgument> arguments)
    {
        uint seen = 0;
        foreach (ResolvedArgument argument in arguments)
        {
            uint bit = 1U << (int)argument.Index;
            if ((seen & bit) != 0)
            {
                return true;
            }

            seen |= bit;
        }

        return false;
    }

    private static byte[] Export(nint context)
    {
        // Not a pipe: libseccomp takes a short write for success.
        using FileDescriptor file = Memfd.CreateEmpty("minirun-seccomp");
        Errno error = (Errno)(-seccomp_export_bpf(context, file.Number));
        if (error != 0)
        {
            throw new MiniRunException($"seccomp: libseccomp could not generate the filter: {error.Reason()}");
        }

        KernelCall.Check(Libc.lseek(file, 0, Libc.SEEK_SET), "lseek", "minirun-seccomp");
        return HostFile.ReadBounded(file, "the compiled seccomp filter", 1 << 20);
    }

    private static byte[] Checked(byte[] program) => program.Length is > 0 and <= LargestProgram && program.Length % InstructionSize == 0
        ? program
        : throw new MiniRunException($"seccomp: the filter has {program.Length / InstructionSize} instructions, the kernel takes {LargestProgram / InstructionSize}: use fewer rules or architectures");
}

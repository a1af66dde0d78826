namespace MiniRun.Linux.Seccomp;

/// <summary>The spec's words for actions, operators, architectures and flags, and the numbers libseccomp and the kernel have for them.</summary>
public static class SeccompWords
{
    private const uint EPERM = 1;

    // An errno for the program is at most MAX_ERRNO, a message for the tracer has 16 bits; 0 is for actions that carry nothing.
    private static readonly (string Word, uint Value, uint HighestErrno)[] Actions =
    [
        ("SCMP_ACT_ALLOW", 0x7fff0000, 0),
        ("SCMP_ACT_ERRNO", 0x00050000, 4095),
        ("SCMP_ACT_KILL", 0x00000000, 0),
        ("SCMP_ACT_KILL_THREAD", 0x00000000, 0),
        ("SCMP_ACT_KILL_PROCESS", 0x80000000, 0),
        ("SCMP_ACT_TRAP", 0x00030000, 0),
        ("SCMP_ACT_TRACE", 0x7ff00000, ushort.MaxValue),
        ("SCMP_ACT_LOG", 0x7ffc0000, 0),
        ("SCMP_ACT_NOTIFY", 0x7fc00000, 0),
    ];

    private static readonly string[] Operators =
    [
        "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ",
    ];

    // AUDIT_ARCH_*: e_machine, 0x80000000 for 64 bits, 0x40000000 for little endian, 0x20000000 for MIPS' N32.
    private static readonly (string Word, uint Value)[] Architectures =
    [
        ("SCMP_ARCH_X86_64", 0xc000003e),
        ("SCMP_ARCH_X86", 0x40000003),
        ("SCMP_ARCH_X32", 0x4000003e),
        ("SCMP_ARCH_AARCH64", 0xc00000b7),
        ("SCMP_ARCH_ARM", 0x40000028),
        ("SCMP_ARCH_RISCV64", 0xc00000f3),
        ("SCMP_ARCH_PPC64LE", 0xc0000015),
        ("SCMP_ARCH_PPC64", 0x80000015),
        ("SCMP_ARCH_PPC", 0x00000014),
        ("SCMP_ARCH_S390X", 0x80000016),
        ("SCMP_ARCH_S390", 0x00000016),
        ("SCMP_ARCH_MIPS", 0x00000008),
        ("SCMP_ARCH_MIPS64", 0x80000008),
        ("SCMP_ARCH_MIPS64N32", 0xa0000008),
        ("SCMP_ARCH_MIPSEL", 0x40000008),
        ("SCMP_ARCH_MIPSEL64", 0xc0000008),
        ("SCMP_ARCH_MIPSEL64N32", 0xe0000008),
        ("SCMP_ARCH_PARISC", 0x0000000f),
        ("SCMP_ARCH_PARISC64", 0x8000000f),
    ];

    private static readonly (string Word, uint Value)[] Flags =
    [
        ("SECCOMP_FILTER_FLAG_TSYNC", 1),
        ("SECCOMP_FILTER_FLAG_LOG", 2),
        ("SECCOMP_FILTER_FLAG_SPEC_ALLOW", 4),
        ("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 32),
    ];

    /// <summary>Every action's word.</summary>
    public static IReadOnlyList<string> ActionWords => Array.ConvertAll(Actions, row => row.Word);

    /// <summary>Every operator's word.</summary>
    public static IReadOnlyList<string> OperatorWords => Operators;

    /// <summary>Every architecture's word.</summary>
    public static IReadOnlyList<string> ArchitectureWords => Array.ConvertAll(Architectures, row => row.Word);

    /// <summary>Every flag's word.</summary>
    public static IReadOnlyList<string> FlagWords => Array.ConvertAll(Flags, row => row.Word);

    public static bool IsAction(string word) => Array.Exists(Actions, row => row.Word == word);

    public static bool IsOperator(string word) => Array.IndexOf(Operators, word) >= 0;

    public static bool IsArchitecture(string word) => Array.Exists(Architectures, row => row.Word == word);

    public static bool IsFlag(string word) => Array.Exists(Flags, row => row.Word == word);

    /// <summary>The highest number that an action can hand to the program or its tracer; null where it cannot hand over any.</summary>
    public static uint? HighestErrno(string action)
    {
        foreach ((string known, _, uint highest) in Actions)
        {
            if (known == action && highest > 0)
            {
                return highest;
            }
        }

        return null;
    }

    /// <summary>The value a filter returns for an action, errno included.</summary>
    /// <exception cref="MiniRunException">The word is unknown, or it cannot carry an errno and one was given, or the errno is none.</exception>
    public static uint Action(string word, uint? errno)
    {
        foreach ((string known, uint value, uint highest) in Actions)
        {
            if (known != word)
            {
                continue;
            }

            if (highest == 0)
            {
                return errno is null ? value : throw new MiniRunException($"seccomp action {word} cannot carry errno {errno}: only SCMP_ACT_ERRNO and SCMP_ACT_TRACE can");
            }

            return errno is null || errno <= highest
                ? value | (errno ?? EPERM)
                : throw new MiniRunException($"seccomp action {word} with errno {errno}: its error numbers end at {highest}");
        }

        throw new MiniRunException($"seccomp action \"{word}\" is not known: use one of {string.Join(", ", Array.ConvertAll(Actions, action => action.Word))}");
    }

    /// <summary>enum scmp_compare.</summary>
    /// <exception cref="MiniRunException">The word is unknown.</exception>
    public static int Operator(string word)
    {
        int index = Array.IndexOf(Operators, word);
        return index >= 0 ? index + 1 : throw new MiniRunException($"seccomp operator \"{word}\" is not known: use one of {string.Join(", ", Operators)}");
    }

    /// <summary>libseccomp's architecture token.</summary>
    /// <exception cref="MiniRunException">The word is unknown.</exception>
    public static uint Architecture(string word) => Find(Architectures, word, "architecture");

    /// <summary>SECCOMP_FILTER_FLAG_*, for seccomp(2).</summary>
    /// <exception cref="MiniRunException">The word is unknown.</exception>
    public static uint Flag(string word) => Find(Flags, word, "flag");

    private static uint Find((string Word, uint Value)[] table, string word, string what)
    {
        foreach ((string known, uint value) in table)
        {
            if (known == word)
            {
                return value;
            }
        }

        throw new MiniRunException($"seccomp {what} \"{word}\" is not known: use one of {string.Join(", ", Array.ConvertAll(table, row => row.Word))}");
    }
}

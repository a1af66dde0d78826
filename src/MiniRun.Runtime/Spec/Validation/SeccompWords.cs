namespace MiniRun.Runtime.Spec.Validation;

/// <summary>The words of linux.seccomp. Source: config-linux.md#seccomp.</summary>
internal static class SeccompWords
{
    public static bool IsAction(string word) => word
        is "SCMP_ACT_KILL" or "SCMP_ACT_KILL_PROCESS" or "SCMP_ACT_KILL_THREAD" or "SCMP_ACT_TRAP" or "SCMP_ACT_ERRNO"
        or "SCMP_ACT_TRACE" or "SCMP_ACT_ALLOW" or "SCMP_ACT_LOG" or "SCMP_ACT_NOTIFY";

    public static bool IsOperator(string word) => word
        is "SCMP_CMP_NE" or "SCMP_CMP_LT" or "SCMP_CMP_LE" or "SCMP_CMP_EQ" or "SCMP_CMP_GE" or "SCMP_CMP_GT" or "SCMP_CMP_MASKED_EQ";

    public static bool IsFlag(string word) => word
        is "SECCOMP_FILTER_FLAG_TSYNC" or "SECCOMP_FILTER_FLAG_LOG" or "SECCOMP_FILTER_FLAG_SPEC_ALLOW" or "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV";

    public static bool IsArchitecture(string word) => word
        is "SCMP_ARCH_X86" or "SCMP_ARCH_X86_64" or "SCMP_ARCH_X32" or "SCMP_ARCH_ARM" or "SCMP_ARCH_AARCH64"
        or "SCMP_ARCH_LOONGARCH64" or "SCMP_ARCH_M68K" or "SCMP_ARCH_MIPS" or "SCMP_ARCH_MIPS64" or "SCMP_ARCH_MIPS64N32"
        or "SCMP_ARCH_MIPSEL" or "SCMP_ARCH_MIPSEL64" or "SCMP_ARCH_MIPSEL64N32" or "SCMP_ARCH_PPC" or "SCMP_ARCH_PPC64"
        or "SCMP_ARCH_PPC64LE" or "SCMP_ARCH_S390" or "SCMP_ARCH_S390X" or "SCMP_ARCH_SH" or "SCMP_ARCH_SHEB"
        or "SCMP_ARCH_PARISC" or "SCMP_ARCH_PARISC64" or "SCMP_ARCH_RISCV64";

    /// <summary>The highest number an action can hand to the program or its tracer, or null where it cannot hand over any.</summary>
    public static uint? HighestErrno(string action) => action switch
    {
        "SCMP_ACT_ERRNO" => 4095,
        "SCMP_ACT_TRACE" => ushort.MaxValue,
        _ => null,
    };
}

namespace MiniRun.Linux.Processes;

/// <summary>The signals' names as a table, without "SIG".</summary>
internal static class SignalNames
{
    /// <summary>"TERM"; real-time signals as "RTMIN+3".</summary>
    public static string Short(int signal) => signal switch
    {
        1 => "HUP",
        2 => "INT",
        3 => "QUIT",
        4 => "ILL",
        5 => "TRAP",
        6 => "ABRT",
        7 => "BUS",
        8 => "FPE",
        9 => "KILL",
        10 => "USR1",
        11 => "SEGV",
        12 => "USR2",
        13 => "PIPE",
        14 => "ALRM",
        15 => "TERM",
        16 => "STKFLT",
        17 => "CHLD",
        18 => "CONT",
        19 => "STOP",
        20 => "TSTP",
        21 => "TTIN",
        22 => "TTOU",
        23 => "URG",
        24 => "XCPU",
        25 => "XFSZ",
        26 => "VTALRM",
        27 => "PROF",
        28 => "WINCH",
        29 => "IO",
        30 => "PWR",
        31 => "SYS",
        Signals.SIGRTMIN => "RTMIN",
        Signals.SIGRTMAX => "RTMAX",
        _ => $"RTMIN+{signal - Signals.SIGRTMIN}",
    };
}

namespace MiniRun.Linux.Processes;

/// <summary>Signals by number and name (signal(7); the numbers of x86_64 and aarch64).</summary>
public static class Signals
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGKILL = 9;
    public const int SIGUSR1 = 10;
    public const int SIGUSR2 = 12;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;
    public const int SIGTSTP = 20;
    public const int SIGTTIN = 21;
    public const int SIGTTOU = 22;
    public const int SIGWINCH = 28;

    /// <summary>The first real-time signal that the C library leaves to programs (glibc keeps 32 and 33).</summary>
    public const int SIGRTMIN = 34;

    public const int SIGRTMAX = 64;

    /// <summary>Reads a number (1 to 64), a name with or without SIG in any case, or RTMIN+n, RTMAX-n.</summary>
    /// <exception cref="MiniRunException">No such signal.</exception>
    public static int Parse(string text) => TryParse(text, out int signal)
        ? signal
        : throw new MiniRunException($"invalid signal: '{text}': give a name such as TERM or a number from 1 to {SIGRTMAX}");

    /// <summary>Reads a signal as <see cref="Parse"/> does, or says no.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int signal)
    {
        if (text.Length is 1 or 2 && text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            signal = Digits(text);
            return signal is >= 1 and <= SIGRTMAX;
        }

        if (text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase))
        {
            text = text[3..];
        }

        if (text.StartsWith("RTM", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseRealTime(text, out signal);
        }

        for (signal = 1; signal < 32; signal++)
        {
            if (text.Equals(SignalNames.Short(signal), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        signal = Alias(text);
        return signal != 0;
    }

    /// <summary>"SIGTERM"; real-time signals as "SIGRTMIN+3".</summary>
    public static string Name(int signal) => "SIG" + SignalNames.Short(signal);

    private static int Alias(ReadOnlySpan<char> text) => text switch
    {
        _ when text.Equals("IOT", StringComparison.OrdinalIgnoreCase) => 6,
        _ when text.Equals("CLD", StringComparison.OrdinalIgnoreCase) => SIGCHLD,
        _ when text.Equals("POLL", StringComparison.OrdinalIgnoreCase) => 29,
        _ => 0,
    };

    private static bool TryParseRealTime(ReadOnlySpan<char> text, out int signal)
    {
        bool fromMinimum = text.StartsWith("RTMIN", StringComparison.OrdinalIgnoreCase);
        bool fromMaximum = text.StartsWith("RTMAX", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> offset = text.Length > 5 ? text[5..] : [];
        char sign = fromMinimum ? '+' : '-';
        bool wellFormed = (fromMinimum || fromMaximum)
            && (offset.Length == 0 || (offset.Length is 2 or 3 && offset[0] == sign && offset[1..].IndexOfAnyExceptInRange('0', '9') < 0));
        int distance = wellFormed && offset.Length > 0 ? Digits(offset[1..]) : 0;
        signal = fromMinimum ? SIGRTMIN + distance : SIGRTMAX - distance;
        return wellFormed && signal is >= SIGRTMIN and <= SIGRTMAX;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int value = 0;
        foreach (char c in text)
        {
            value = (value * 10) + (c - '0');
        }

        return value;
    }
}

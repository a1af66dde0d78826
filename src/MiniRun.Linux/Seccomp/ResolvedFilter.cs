namespace MiniRun.Linux.Seccomp;

/// <summary>A profile with every word looked up: what the compiler compiles and the cache compares.</summary>
internal sealed record ResolvedFilter(uint DefaultAction, IReadOnlyList<uint> Architectures, IReadOnlyList<ResolvedRule> Rules)
{
    private const uint NotifyAction = 0x7fc00000;
    private const uint LargestIndex = 5;

    /// <summary>Looks all words up.</summary>
    /// <exception cref="MiniRunException">A word is unknown or does not fit.</exception>
    public static ResolvedFilter From(SeccompProfile profile)
    {
        uint defaultAction = SeccompWords.Action(profile.DefaultAction, profile.DefaultErrno);
        if (defaultAction == NotifyAction)
        {
            throw new MiniRunException("seccomp default action SCMP_ACT_NOTIFY: the start itself would wait for the agent's answers; give it to single system calls");
        }

        List<uint> architectures = new(profile.Architectures.Count);
        foreach (string word in profile.Architectures)
        {
            architectures.Add(SeccompWords.Architecture(word));
        }

        List<ResolvedRule> rules = new(profile.Rules.Count);
        foreach (SeccompRule rule in profile.Rules)
        {
            rules.Add(new(rule.Names, rule.Action, SeccompWords.Action(rule.Action, rule.Errno), Arguments(rule)));
        }

        return new ResolvedFilter(defaultAction, architectures, rules);
    }

    private static ResolvedArgument[] Arguments(SeccompRule rule)
    {
        if (rule.Arguments.Count == 0)
        {
            return [];
        }

        ResolvedArgument[] arguments = new ResolvedArgument[rule.Arguments.Count];
        for (int index = 0; index < arguments.Length; index++)
        {
            SeccompArgument argument = rule.Arguments[index];
            arguments[index] = argument.Index <= LargestIndex
                ? new(argument.Index, SeccompWords.Operator(argument.Operator), argument.Value, argument.ValueTwo)
                : throw new MiniRunException($"seccomp rule for {string.Join(", ", rule.Names)}: argument {argument.Index}: a system call has arguments 0 to {LargestIndex}");
        }

        return arguments;
    }
}

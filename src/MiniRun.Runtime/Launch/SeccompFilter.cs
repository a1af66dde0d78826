using MiniRun.Linux.Processes;
using MiniRun.Linux.Seccomp;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>linux.seccomp as the kernel's struct sock_filter[].</summary>
internal static class SeccompFilter
{
    public static byte[] Compile(SeccompSpec spec, string? cacheFolder)
    {
        SeccompProfile profile = Profile(spec);
        return cacheFolder is null
            ? SeccompCompiler.Compile(profile)
            : new SeccompCache(cacheFolder, Convert.ToHexString(InitImage.BuildId)).Get(profile);
    }

    private static SeccompProfile Profile(SeccompSpec spec)
    {
        List<SeccompRule> rules = new(spec.Syscalls.Count);
        foreach (SeccompRuleSpec rule in spec.Syscalls)
        {
            rules.Add(new SeccompRule(rule.Names, rule.Action, rule.ErrnoRet, Arguments(rule)));
        }

        return new SeccompProfile
        {
            DefaultAction = spec.DefaultAction,
            DefaultErrno = spec.DefaultErrnoRet,
            Architectures = spec.Architectures,
            Rules = rules,
        };
    }

    private static SeccompArgument[] Arguments(SeccompRuleSpec rule)
    {
        SeccompArgument[] arguments = new SeccompArgument[rule.Args.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            SeccompArgumentSpec given = rule.Args[i];
            arguments[i] = new SeccompArgument(given.Index, given.Value, given.ValueTwo, given.Op);
        }

        return arguments;
    }
}

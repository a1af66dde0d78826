using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Files;
using MiniRun.Linux.Seccomp;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Lookups;

/// <summary>The seccomp profile for a container's capabilities: the built-in one, a file's, or none.</summary>
internal static class SeccompLookup
{
    private const string Unconfined = "unconfined";

    /// <exception cref="MiniRunException">The file cannot be read or is no profile.</exception>
    internal static SeccompSpec? Find(SecurityChoices security, bool privileged, CapabilitySet kept)
    {
        // As docker: privileged means unconfined unless a profile was named.
        if (security.Seccomp == Unconfined || (privileged && security.Seccomp is null))
        {
            return null;
        }

        var host = new SeccompHost { Capabilities = kept };
        if (security.Seccomp is not { } file)
        {
            return ToSpec(DefaultProfile.Resolve(host));
        }

        byte[] json = HostFile.ReadBounded(file, SeccompTemplateReader.LargestFile);
        return ToSpec(SeccompTemplateReader.Read(json, file).Resolve(host));
    }

    private static SeccompSpec ToSpec(SeccompProfile profile)
    {
        var rules = new SeccompRuleSpec[profile.Rules.Count];
        for (int i = 0; i < rules.Length; i++)
        {
            SeccompRule rule = profile.Rules[i];
            rules[i] = new SeccompRuleSpec { Names = rule.Names, Action = rule.Action, ErrnoRet = rule.Errno, Args = ToSpec(rule.Arguments) };
        }

        return new SeccompSpec
        {
            DefaultAction = profile.DefaultAction,
            DefaultErrnoRet = profile.DefaultErrno,
            Architectures = profile.Architectures,
            Flags = profile.Flags,
            Syscalls = rules,
        };
    }

    private static SeccompArgumentSpec[] ToSpec(IReadOnlyList<SeccompArgument> arguments)
    {
        var specs = new SeccompArgumentSpec[arguments.Count];
        for (int i = 0; i < specs.Length; i++)
        {
            SeccompArgument argument = arguments[i];
            specs[i] = new SeccompArgumentSpec(argument.Index, argument.Value, argument.ValueTwo, argument.Operator);
        }

        return specs;
    }
}

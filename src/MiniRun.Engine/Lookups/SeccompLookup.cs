using MiniRun.Engine.Containers;
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

    /// <summary>The profile in force.</summary>
    /// <param name="kept">The capabilities it allows calls for.</param>
    /// <param name="file">The file's, see <see cref="File"/>.</param>
    /// <exception cref="MiniRunException">The file is no profile.</exception>
    internal static SeccompSpec? Find(SecurityChoices security, bool privileged, CapabilitySet kept, byte[]? file)
    {
        // As docker: privileged means unconfined unless a profile was named.
        if (security.Seccomp == Unconfined || (privileged && security.Seccomp is null))
        {
            return null;
        }

        var host = new SeccompHost { Capabilities = kept };
        return ToSpec(file is null ? DefaultProfile.Resolve(host) : SeccompTemplateReader.Read(file, security.Seccomp!).Resolve(host));
    }

    /// <summary>What the file holds that was asked for, or held when the container was made; null where none was asked for.</summary>
    /// <param name="security">What was asked for.</param>
    /// <param name="folder">The container's, which need not be there yet.</param>
    /// <exception cref="MiniRunException">It cannot be read.</exception>
    internal static byte[]? File(SecurityChoices security, string folder) => security.Seccomp is null or Unconfined
        ? null
        : RecordedSeccomp.Read(folder) ?? HostFile.ReadBounded(security.Seccomp, SeccompTemplateReader.LargestFile);

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

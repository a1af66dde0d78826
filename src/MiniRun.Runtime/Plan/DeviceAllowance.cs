using MiniRun.Linux.Cgroups;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>Which devices the cgroup lets through: the spec's rules, then those no program can be without, as with runc.</summary>
internal static class DeviceAllowance
{
    private const DeviceAccess All = DeviceAccess.Read | DeviceAccess.Write | DeviceAccess.Mknod;

    /// <summary>Any node may be made (not used), and the default devices and terminals be used. The last rule that matches decides, so no deny rule of the spec takes these away.</summary>
    private static readonly DeviceRule[] s_always =
    [
        new(true, 'c', null, null, DeviceAccess.Mknod),
        new(true, 'b', null, null, DeviceAccess.Mknod),
        new(true, 'c', 1, 3, All), // null
        new(true, 'c', 1, 5, All), // zero
        new(true, 'c', 1, 7, All), // full
        new(true, 'c', 1, 8, All), // random
        new(true, 'c', 1, 9, All), // urandom
        new(true, 'c', 5, 0, All), // tty
        new(true, 'c', 5, 1, All), // console
        new(true, 'c', 5, 2, All), // ptmx
        new(true, 'c', 136, null, All), // pts
    ];

    public static DeviceRule[] RulesOf(IReadOnlyList<DeviceRuleSpec> asked)
    {
        DeviceRule[] rules = new DeviceRule[asked.Count + s_always.Length];
        for (int i = 0; i < asked.Count; i++)
        {
            DeviceRuleSpec rule = asked[i];
            rules[i] = new DeviceRule(rule.Allow, rule.Type, rule.Major, rule.Minor, rule.Access.Length == 0 ? All : DeviceRule.ParseAccess(rule.Access));
        }

        s_always.CopyTo(rules, asked.Count);
        return rules;
    }
}

using MiniRun.Engine.Options;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>config.json's linux.devices and the rules that guard all device nodes.</summary>
internal static class DevicesPart
{
    // docker's and runc's: any node may be made, only these may be opened.
    private static readonly DeviceRuleSpec[] s_rules =
    [
        new(false, 'a', null, null, "rwm"),
        new(true, 'c', null, null, "m"),
        new(true, 'b', null, null, "m"),
        new(true, 'c', 1, 3, "rwm"), // null
        new(true, 'c', 1, 5, "rwm"), // zero
        new(true, 'c', 1, 7, "rwm"), // full
        new(true, 'c', 1, 8, "rwm"), // random
        new(true, 'c', 1, 9, "rwm"), // urandom
        new(true, 'c', 5, 0, "rwm"), // tty
        new(true, 'c', 5, 1, "rwm"), // console
        new(true, 'c', 5, 2, "rwm"), // ptmx
        new(true, 'c', 136, null, "rwm"), // pts
    ];

    internal static IReadOnlyList<DeviceRuleSpec> Rules(BundleInputs inputs, OptionOrigins origins)
    {
        const string path = "linux.resources.devices";
        if (inputs.Request.Privilege.Privileged)
        {
            origins.Add(path, "--privileged");
            return [new DeviceRuleSpec(true, 'a', null, null, "rwm")];
        }

        List<DeviceRuleSpec> rules = [.. s_rules];
        foreach (GrantedDevice device in inputs.Devices)
        {
            origins.Add(path, rules.Count, device.Origin);
            rules.Add(new DeviceRuleSpec(true, device.Node.Type, device.Node.Major, device.Node.Minor, device.Access));
        }

        foreach (DeviceRuleSpec rule in inputs.Request.Resources.DeviceRules)
        {
            origins.Add(path, rules.Count, $"--device-cgroup-rule {DeviceRuleOption.Text(rule)}");
            rules.Add(rule);
        }

        return rules;
    }

    internal static List<DeviceSpec> Nodes(BundleInputs inputs, OptionOrigins origins)
    {
        List<DeviceSpec> nodes = [];
        foreach (GrantedDevice device in inputs.Devices)
        {
            origins.Add("linux.devices", nodes.Count, device.Origin);
            nodes.Add(device.Node);
        }

        return nodes;
    }
}

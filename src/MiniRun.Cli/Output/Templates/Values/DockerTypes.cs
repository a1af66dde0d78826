namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>
/// What the Go types of docker's API say and JSON does not: which objects are maps and not structs, what a null is, and which
/// members are left out where they are empty. Source: the types of api/types in moby.
/// </summary>
internal static class DockerTypes
{
    /// <summary>The name that stands for any key of a map.</summary>
    internal const string Element = "*";

    private static readonly HashSet<string> s_maps = new(StringComparer.Ordinal)
    {
        "Annotations", "Containers", "Data", "DriverOpts", "ExposedPorts", "Labels", "LogConfig.Config", "Networks", "Options", "PortBindings", "Ports", "Status",
        "StorageOpt", "Sysctls", "Tmpfs", "Volumes",

        // A volume's Status holds what its driver likes, maps within maps.
        "Status.*", "*.*",
    };

    /// <summary>Null lists; other nulls are null pointers.</summary>
    private static readonly HashSet<string> s_lists = new(StringComparer.Ordinal)
    {
        "Aliases", "Args", "Binds", "BlkioDeviceReadBps", "BlkioDeviceReadIOps", "BlkioDeviceWriteBps", "BlkioDeviceWriteIOps", "BlkioWeightDevice", "CapAdd",
        "CapDrop", "Cmd", "DeviceCgroupRules", "DeviceRequests", "Devices", "Dns", "DNSNames", "DnsOptions", "DnsSearch", "Entrypoint", "Env", "ExecIDs",
        "ExtraHosts", "GroupAdd", "IPAM.Config", "Layers", "Links", "MaskedPaths", "Mounts", "OnBuild", "PortBindings.*", "Ports.*", "ReadonlyPaths", "RepoDigests",
        "RepoTags", "SecurityOpt", "Shell", "Test", "Ulimits", "VolumesFrom",
    };

    /// <summary>Members of structs that the JSON leaves out where there is nothing to say, and what they are then.</summary>
    private static readonly Dictionary<string, TemplateValue> s_omitted = new(StringComparer.Ordinal)
    {
        [".GraphDriver"] = TemplateValue.Nil,
        [".SizeRootFs"] = TemplateValue.Nil,
        [".SizeRw"] = TemplateValue.Nil,
        [".Variant"] = new TemplateValue.Text(""),
        ["Config.ExposedPorts"] = new TemplateValue.Nothing("map[]"),
        ["Config.Healthcheck"] = TemplateValue.Nil,
        ["Config.MacAddress"] = new TemplateValue.Text(""),
        ["Config.NetworkDisabled"] = new TemplateValue.Boolean(false),
        ["Config.Shell"] = new TemplateValue.Nothing("[]"),
        ["Config.StopSignal"] = new TemplateValue.Text(""),
        ["Config.StopTimeout"] = TemplateValue.Nil,
        ["HostConfig.Annotations"] = new TemplateValue.Nothing("map[]"),
        ["HostConfig.Init"] = TemplateValue.Nil,
        ["HostConfig.Mounts"] = new TemplateValue.Nothing("[]"),
        ["HostConfig.StorageOpt"] = new TemplateValue.Nothing("map[]"),
        ["HostConfig.Sysctls"] = new TemplateValue.Nothing("map[]"),
        ["HostConfig.Tmpfs"] = new TemplateValue.Nothing("map[]"),
        ["State.Health"] = TemplateValue.Nil,
    };

    /// <param name="parent">The name of the object around; "" for the document itself.</param>
    /// <param name="name">Its own name; "" for the document itself and for what stands in a list.</param>
    internal static bool IsMap(string parent, string name) => s_maps.Contains(name) || s_maps.Contains($"{parent}.{name}");

    /// <inheritdoc cref="IsMap"/>
    internal static TemplateValue Null(string parent, string name) =>
        s_lists.Contains(name) || s_lists.Contains($"{parent}.{name}") ? new TemplateValue.Nothing("[]")
        : name == Element ? TemplateValue.Missing
        : IsMap(parent, name) ? new TemplateValue.Nothing("map[]")
        : TemplateValue.Nil;

    /// <summary>What a member is that the JSON has not; null where docker has none of that name either.</summary>
    /// <inheritdoc cref="IsMap"/>
    internal static TemplateValue? Omitted(string parent, string name) => s_omitted.GetValueOrDefault($"{parent}.{name}");
}

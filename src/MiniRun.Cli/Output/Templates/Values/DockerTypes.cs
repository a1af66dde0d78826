namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>
/// What the Go types of docker's API say and JSON does not: which objects are maps and not structs, what a null is, and which
/// members are left out where they are empty. Source: the types of api/types in moby.
/// </summary>
internal static class DockerTypes
{
    /// <summary>The name that stands for any key of a map.</summary>
    internal const string Element = "*";

    private static readonly TemplateValue.Nothing s_emptyList = new("[]");
    private static readonly TemplateValue.Nothing s_emptyMap = new("map[]");
    private static readonly TemplateValue.Text s_emptyText = new("");
    private static readonly TemplateValue.Boolean s_false = new(false);

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
        [".DockerVersion"] = s_emptyText,
        [".GraphDriver"] = TemplateValue.Nil,
        [".Parent"] = s_emptyText,
        [".SizeRootFs"] = TemplateValue.Nil,
        [".SizeRw"] = TemplateValue.Nil,
        [".Variant"] = s_emptyText,
        ["Config.ArgsEscaped"] = s_false,
        ["Config.Cmd"] = s_emptyList,
        ["Config.Entrypoint"] = s_emptyList,
        ["Config.Env"] = s_emptyList,
        ["Config.ExposedPorts"] = s_emptyMap,
        ["Config.Healthcheck"] = TemplateValue.Nil,
        ["Config.Labels"] = s_emptyMap,
        ["Config.MacAddress"] = s_emptyText,
        ["Config.NetworkDisabled"] = s_false,
        ["Config.OnBuild"] = s_emptyList,
        ["Config.Shell"] = s_emptyList,
        ["Config.StopSignal"] = s_emptyText,
        ["Config.StopTimeout"] = TemplateValue.Nil,
        ["Config.User"] = s_emptyText,
        ["Config.Volumes"] = s_emptyMap,
        ["Config.WorkingDir"] = s_emptyText,
        ["HostConfig.Annotations"] = s_emptyMap,
        ["HostConfig.Init"] = TemplateValue.Nil,
        ["HostConfig.Mounts"] = s_emptyList,
        ["HostConfig.StorageOpt"] = s_emptyMap,
        ["HostConfig.Sysctls"] = s_emptyMap,
        ["HostConfig.Tmpfs"] = s_emptyMap,
        ["State.Health"] = TemplateValue.Nil,
    };

    /// <param name="parent">The name of the object around; "" for the document itself.</param>
    /// <param name="name">Its own name; "" for the document itself and for what stands in a list.</param>
    internal static bool IsMap(string parent, string name) => s_maps.Contains(name) || s_maps.Contains($"{parent}.{name}");

    /// <inheritdoc cref="IsMap"/>
    internal static TemplateValue Null(string parent, string name) =>
        s_lists.Contains(name) || s_lists.Contains($"{parent}.{name}") ? s_emptyList
        : name == Element ? TemplateValue.Missing
        : IsMap(parent, name) ? s_emptyMap
        : TemplateValue.Nil;

    /// <summary>What a member is that the JSON has not; null where docker has none of that name either.</summary>
    /// <inheritdoc cref="IsMap"/>
    internal static TemplateValue? Omitted(string parent, string name) => s_omitted.GetValueOrDefault($"{parent}.{name}");
}

using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about what the container shares with the host, and what it has instead.</summary>
internal sealed class NamespaceOptions
{
    private readonly Option<string?> _pid = Shared("--pid", "Processes");
    private readonly Option<string?> _ipc = Shared("--ipc", "System V IPC, message queues and /dev/shm");
    private readonly Option<string?> _uts = Shared("--uts", "Host and domain name");
    private readonly Option<string?> _network = Value("--network", "private|none|host", "Network: private (loopback alone), none, or the host's (default: private)", "--net");
    private readonly Option<string?> _cgroup = Shared("--cgroupns", "View of the cgroup tree");
    private readonly Option<string?> _user = Value("--userns", "private|host", "private maps root inside to an unprivileged range outside: that of minirun or dockremap in /etc/subuid, else 100000 to 165535 (default: host for root, private for others)");
    private readonly Option<string?> _hostname = Value("--hostname", "NAME", "The container's host name (default: its id)", "-h");
    private readonly Option<string?> _domainname = Value("--domainname", "NAME", "The container's NIS domain name");
    private readonly Option<string[]> _sysctls = Values("--sysctl", "NAME=VALUE", "A kernel setting of the container's own namespaces");

    internal NamespaceOptions()
    {
        Group = new OptionGroup("Namespaces", [_network, _pid, _ipc, _uts, _cgroup, _user, _hostname, _domainname, _sysctls]);
    }

    internal OptionGroup Group { get; }

    internal NamespaceChoices Read(ParseResult values) => new()
    {
        Pid = Choice(values, _pid),
        Ipc = Choice(values, _ipc),
        Uts = Choice(values, _uts),
        Network = Choice(values, _network),
        Cgroup = Choice(values, _cgroup),
        User = Choice(values, _user),
        Hostname = values.GetValue(_hostname) is { Length: > 0 } hostname ? HostnameOption.Parse(hostname, _hostname.Name) : null,
        Domainname = values.GetValue(_domainname) is { Length: > 0 } domainname ? HostnameOption.Parse(domainname, _domainname.Name) : null,
        Sysctls = values.Each(_sysctls, SysctlSetting.Parse),
    };

    private static Option<string?> Shared(string name, string what) => Value(name, "private|host", $"{what}: the container's own or the host's (default: private)");

    private static NamespaceChoice Choice(ParseResult values, Option<string?> option) => values.One(option, NamespaceOption.Parse) ?? NamespaceChoice.Default;
}

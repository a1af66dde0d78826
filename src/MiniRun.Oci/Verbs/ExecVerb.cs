using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

internal static class ExecVerb
{
    public static int Run(Invocation invocation)
    {
        OptionValues options = invocation.Options;
        Containers containers = OciContainers.Of(invocation);
        ProcessSpec process = options.Text("process") is { } file ? ReadProcess(file) : FromOptions(invocation, containers);
        UnknownCapabilities.Warn(invocation, process.Capabilities);
        int pid = containers.State(invocation.Id).Pid;
        JoinRequest request = new()
        {
            Process = pid > 0 ? ProcessEnvironment.Completed(process, $"/proc/{pid}/root") : process,
            PreservedDescriptors = options.Number("preserve-fds", 0),
            ConsoleSocket = options.Text("console-socket"),
            PidFile = options.Text("pid-file"),
            PidfdSocket = options.Text("pidfd-socket"),
            Detach = options.Has("detach"),
            SubCgroup = options.Text("cgroup"),
            IgnorePaused = options.Has("ignore-paused"),
            SeccompCache = OciContainers.SeccompCache(),
            Trace = RuncLog.From(invocation.Global).Trace,
        };
        return containers.Exec(invocation.Id, request).Status;
    }

    private static ProcessSpec ReadProcess(string file) => SpecReader.ReadProcess(HostFile.ReadBounded(file, Containers.MaxConfig));

    /// <summary>The container's own process, with what the options change.</summary>
    private static ProcessSpec FromOptions(Invocation invocation, Containers containers)
    {
        if (invocation.Arguments.Count < 2)
        {
            throw new UsageException("exec: give a command after the container's id, or --process FILE");
        }

        OptionValues options = invocation.Options;
        ProcessSpec own = containers.ReadSpec(invocation.Id).Process ?? throw new MiniRunException("config.json: process: missing");
        return own with
        {
            Args = invocation.Arguments[1..],
            Terminal = options.Has("tty"),
            Cwd = options.Text("cwd") ?? own.Cwd,
            Env = [.. own.Env, .. options.All("env")],
            User = User(own.User, options),
            NoNewPrivileges = own.NoNewPrivileges || options.Has("no-new-privs"),
            ApparmorProfile = options.Text("apparmor") ?? own.ApparmorProfile,
            SelinuxLabel = options.Text("process-label") ?? own.SelinuxLabel,
            Capabilities = Capabilities(own.Capabilities, options.All("cap")),
        };
    }

    private static UserSpec User(UserSpec own, OptionValues options)
    {
        List<uint> groups = [.. own.AdditionalGids];
        foreach (string group in options.All("additional-gids"))
        {
            groups.Add(Id(group));
        }

        if (options.Text("user") is not { } text)
        {
            return own with { AdditionalGids = groups };
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return own with
        {
            Uid = Id(colon < 0 ? text : text[..colon]),
            Gid = colon < 0 ? own.Gid : Id(text[(colon + 1)..]),
            AdditionalGids = groups,
        };
    }

    /// <summary>4294967295 means "no change" to the kernel, so it is no id (CVE-2024-40635).</summary>
    private static uint Id(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint id) && id != uint.MaxValue
            ? id
            : throw new UsageException($"invalid id: '{text}': give a number from 0 to 4294967294");

    /// <summary>As runc: into every set but the ambient one.</summary>
    private static CapabilitiesSpec? Capabilities(CapabilitiesSpec? own, IReadOnlyList<string> added)
    {
        if (added.Count == 0)
        {
            return own;
        }

        CapabilitiesSpec sets = own ?? new CapabilitiesSpec();
        return sets with
        {
            Bounding = [.. sets.Bounding, .. added],
            Effective = [.. sets.Effective, .. added],
            Permitted = [.. sets.Permitted, .. added],
        };
    }
}

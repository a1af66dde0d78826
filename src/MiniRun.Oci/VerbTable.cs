using MiniRun.Oci.Grammar;
using MiniRun.Oci.Verbs;

namespace MiniRun.Oci;

/// <summary>runc's grammar: every verb and every option, one row each. Rows are made when asked for, so that a start builds only its own.</summary>
internal static class VerbTable
{
    public static Option[] GlobalOptions() =>
    [
        Option.Text("root", "DIR", "folder of the containers' state (default: /run/minirun, or $XDG_RUNTIME_DIR/minirun)"),
        Option.Text("log", "FILE", "append errors to this file (default: standard error)"),
        Option.Text("log-format", "text|json", "format of the log (default: text)"),
        Option.Flag("debug", "log each step of create, run and exec, with its result and time"),
        Option.Flag("systemd-cgroup", "systemd makes the cgroup: cgroupsPath is slice:prefix:name"),
        Option.Text("cgroup-manager", "cgroupfs|systemd|disabled", "who makes the cgroup (default: cgroupfs)"),
        Option.Text("rootless", "BOOL|auto", "accepted; minirun-oci looks at /proc/self/uid_map"),
        Option.Text("criu", "PATH", "accepted and not used"),
        Option.Flag("version", "print the version", 'v'),
        Option.Flag("help", "print this help", 'h'),
    ];

    public static string[] Names() =>
        ["create", "delete", "events", "exec", "features", "kill", "list", "pause", "ps", "resume", "run", "spec", "start", "state", "update"];

    public static Verb? Find(string name) => name switch
    {
        "create" => new(name, "[options] ID", "make a container; `start` runs its program", CreateVerb.Run)
        {
            Options = LaunchOptions(),
            MinArguments = 1,
            MaxArguments = 1,
        },
        "run" => new(name, "[options] ID", "make a container and run its program", RunVerb.Run)
        {
            Options =
            [
                .. LaunchOptions(),
                Option.Flag("detach", "leave the container running in the background", 'd'),
                Option.Flag("keep", "do not delete the container after its end"),
                Option.Flag("no-subreaper", "accepted; minirun-oci is never a subreaper"),
            ],
            MinArguments = 1,
            MaxArguments = 1,
        },
        "start" => new(name, "ID", "run the program of a created container", StartVerb.Run) { MinArguments = 1, MaxArguments = 1 },
        "state" => new(name, "ID", "print the container's state as JSON", StateVerb.Run) { MinArguments = 1, MaxArguments = 1 },
        "kill" => new(name, "[options] ID [SIGNAL]", "send a signal (default: SIGTERM)", KillVerb.Run)
        {
            Options = [Option.Flag("all", "send it to every process of the container", 'a')],
            MinArguments = 1,
            MaxArguments = 2,
        },
        "delete" => new(name, "[options] ID", "remove a container", DeleteVerb.Run)
        {
            Options =
            [
                Option.Flag("force", "kill it first; succeed when there is none", 'f'),
                Option.Flag("regex", "ID is a regular expression: remove every container whose id it matches"),
            ],
            MinArguments = 1,
            MaxArguments = 1,
        },
        "pause" => new(name, "ID", "stop all processes of a container until `resume`", PauseVerb.Run) { MinArguments = 1, MaxArguments = 1 },
        "resume" => new(name, "ID", "let a paused container go on", ResumeVerb.Run) { MinArguments = 1, MaxArguments = 1 },
        "ps" => new(name, "[options] ID [PS OPTION…]", "list the processes of a container", PsVerb.Run)
        {
            Options = [Option.Text("format", "table|json", "output format (default: table, as `ps -ef`)", 'f')],
            MinArguments = 1,
            LiteralAfter = 1,
        },
        "events" => new(name, "[options] ID", "print statistics and OOM kills until the container ends", EventsVerb.Run)
        {
            Options = [Option.Text("interval", "DURATION", "time between statistics (default: 5s)"), Option.Flag("stats", "print statistics once")],
            MinArguments = 1,
            MaxArguments = 1,
        },
        "update" => new(name, "[options] ID", "change a container's limits", UpdateVerb.Run) { Options = UpdateOptions(), MinArguments = 1, MaxArguments = 1 },
        "features" => new(name, "", "print what minirun-oci can do as JSON", FeaturesVerb.Run) { MaxArguments = 0 },
        "checkpoint" or "restore" => new(name, "", "not built", CheckpointVerb.Run) { LiteralAfter = 0 },
        "list" => new(name, "[options]", "list the containers", ListVerb.Run)
        {
            Options = [Option.Text("format", "table|json", "output format (default: table)", 'f'), Option.Flag("quiet", "print ids only", 'q')],
            MaxArguments = 0,
        },
        "spec" => new(name, "[options]", "write a config.json to start from", SpecVerb.Run)
        {
            Options = [BundleOption(), Option.Flag("rootless", "for a container without root")],
            MaxArguments = 0,
        },
        "exec" => new(name, "[options] ID COMMAND [ARGUMENT…]", "run a program in a running container", ExecVerb.Run)
        {
            Options = ExecOptions(),
            MinArguments = 1,
            LiteralAfter = 1,
        },
        _ => null,
    };

    private static Option BundleOption() => Option.Text("bundle", "DIR", "folder with config.json (default: the working directory)", 'b');

    private static Option[] LaunchOptions() =>
    [
        BundleOption(),
        Option.Text("console-socket", "PATH", "unix socket that receives the terminal's master"),
        Option.Text("pid-file", "FILE", "write the pid of the container's first process there"),
        Option.Text("pidfd-socket", "PATH", "unix socket that receives the process's pidfd"),
        Option.Text("preserve-fds", "N", "pass so many further descriptors, from 3 on (default: 0)"),
        Option.Flag("no-pivot", "not supported: it cannot be made safe"),
        Option.Flag("no-new-keyring", "keep the caller's session keyring"),
    ];

    private static Option[] UpdateOptions() =>
    [
        Option.Text("resources", "FILE|-", "linux.resources as JSON; all other options are then ignored", 'r'),
        Option.Text("blkio-weight", "N", "weight of block I/O, 10 to 1000"),
        Option.Text("cpu-period", "N", "period of --cpu-quota in microseconds"),
        Option.Text("cpu-quota", "N", "CPU time in each period in microseconds; -1 is unlimited"),
        Option.Text("cpu-burst", "N", "CPU time in microseconds that may be saved for later"),
        Option.Text("cpu-share", "N", "relative CPU weight, 2 to 262144"),
        Option.Text("cpu-rt-period", "N", "cgroup v1 only"),
        Option.Text("cpu-rt-runtime", "N", "cgroup v1 only"),
        Option.Text("cpu-idle", "0|1", "1: run only when nothing else does"),
        Option.Text("cpuset-cpus", "LIST", "CPUs to use, such as 0-2,4"),
        Option.Text("cpuset-mems", "LIST", "memory nodes to use"),
        Option.Text("kernel-memory", "BYTES", "accepted and not used, as by runc"),
        Option.Text("kernel-memory-tcp", "BYTES", "accepted and not used, as by runc"),
        Option.Text("memory", "BYTES", "memory limit; -1 is unlimited"),
        Option.Text("memory-reservation", "BYTES", "memory that is not reclaimed first"),
        Option.Text("memory-swap", "BYTES", "limit of memory plus swap; -1 is unlimited"),
        Option.Text("pids-limit", "N", "how many tasks there may be; -1 is unlimited"),
        Option.Text("l3-cache-schema", "TEXT", "share of the L3 cache (Intel RDT), as L3:0=ff"),
        Option.Text("mem-bw-schema", "TEXT", "memory bandwidth (Intel RDT), as MB:0=50"),
    ];

    private static Option[] ExecOptions() =>
    [
        Option.Text("process", "FILE", "the process as in config.json", 'p'),
        Option.Text("console-socket", "PATH", "unix socket that receives the terminal's master"),
        Option.Text("pid-file", "FILE", "write the pid of the process there"),
        Option.Text("pidfd-socket", "PATH", "unix socket that receives the process's pidfd"),
        Option.Text("preserve-fds", "N", "pass so many further descriptors, from 3 on (default: 0)"),
        Option.Text("cwd", "DIR", "working directory"),
        Option.Text("env", "NAME=VALUE", "set an environment variable; may be given often", 'e'),
        Option.Text("user", "UID[:GID]", "numeric user", 'u'),
        Option.Text("additional-gids", "GID", "further group; may be given often", 'g'),
        Option.Text("cap", "CAPABILITY", "add a capability; may be given often", 'c'),
        Option.Flag("tty", "give it a terminal", 't'),
        Option.Flag("detach", "do not wait for it", 'd'),
        Option.Flag("no-new-privs", "set no_new_privs"),
        Option.Text("apparmor", "PROFILE", "AppArmor profile of the process (default: the container's)"),
        Option.Text("process-label", "LABEL", "SELinux label of the process (default: the container's)"),
        Option.Text("cgroup", "PATH", "start in this cgroup below the container's, which must exist"),
        Option.Flag("ignore-paused", "join a paused container too; the process runs once it is resumed"),
    ];
}

using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

/// <summary>The options that `create` and `run` share, as one request.</summary>
internal static class LaunchArguments
{
    private const string ConfigName = "config.json";

    /// <exception cref="MiniRunException">There is no bundle, or its configuration has problems.</exception>
    public static CreateRequest Read(Invocation invocation)
    {
        OptionValues options = invocation.Options;
        if (options.Has("no-pivot"))
        {
            throw new MiniRunException("--no-pivot: minirun-oci always pivots, because a chroot can be left: put the rootfs on another file system than the initial ramfs");
        }

        string bundle = Path.TrimEndingDirectorySeparator(FullPath.Of(options.Text("bundle") ?? "."));
        byte[] config = ReadConfig(bundle);
        RuntimeSpec spec = SpecReader.Read(config);
        RootSpec root = spec.Root ?? throw new MiniRunException("config.json: root: missing: give the container's root file system");
        string rootfs = Path.GetFullPath(root.Path, bundle);
        int activated = SocketActivation.Count();
        RuncLog log = RuncLog.From(invocation.Global);
        return new CreateRequest
        {
            Id = invocation.Id,
            Spec = spec.Process is { } process ? spec with { Process = Completed(invocation, process, rootfs, activated) } : spec,
            Config = config,
            Root = new RootSource.Folder(rootfs),
            Bundle = bundle,
            CgroupPath = OciContainers.CgroupPath(invocation, spec.Linux.CgroupsPath),
            SystemdCgroup = OciContainers.SystemdCgroup(invocation),
            NewKeyring = !options.Has("no-new-keyring"),
            PreservedDescriptors = activated + options.Number("preserve-fds", 0),
            ConsoleSocket = options.Text("console-socket"),
            PidFile = options.Text("pid-file"),
            PidfdSocket = options.Text("pidfd-socket"),
            SeccompCache = OciContainers.SeccompCache(),
            Warn = log.Warning,
            Trace = log.Trace,
        };
    }

    private static ProcessSpec Completed(Invocation invocation, ProcessSpec process, string rootfs, int activated)
    {
        UnknownCapabilities.Warn(invocation, process.Capabilities);
        return ProcessEnvironment.Completed(SocketActivation.Passed(process, activated), rootfs);
    }

    private static byte[] ReadConfig(string bundle)
    {
        string path = $"{bundle}/{ConfigName}";
        // Not waiting: a FIFO in config.json's place must not hold up anyone.
        using FileDescriptor? file = HostFile.TryOpen(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY, out Errno error);
        return file switch
        {
            not null => HostFile.ReadBounded(file, path, Containers.MaxConfig),
            null when error == Errno.ENOENT => throw new MiniRunException($"JSON specification file {ConfigName} not found: {path}: give the bundle's folder with --bundle"),
            _ => throw new SyscallException("open", path, error),
        };
    }
}

namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#namespaces.</summary>
public sealed class NamespaceTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("config-linux.md#namespaces", "path is absolute")]
    public void A_relative_path_of_a_namespace_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().WithoutNamespace("ipc").With("linux.namespaces.-", """{"type": "ipc", "path": "proc/self/ns/ipc"}""")));

    [Theory]
    [EachRuntime("pid", "network", "ipc", "uts", "cgroup", "time", "user", "mount")]
    [Must("config-linux.md#namespaces", "the process is placed in the namespace of path")]
    public void The_process_is_in_the_namespace_of_the_path(string runtime, string type) => On(
        runtime,
        oci =>
        {
            using RunningProgram? other = type == "mount" ? Host.StartWith([], "unshare", "--mount", "--propagation", "private", "sh", "-c", "echo ready; exec sleep 1000") : null;
            other?.WaitForOutput("ready");
            int pid = other?.Pid ?? Hold(oci, type);
            OciBundle bundle = Without(oci.Bundle($"readlink /proc/self/ns/{File(type)}"), type)
                .With("linux.namespaces.-", $$"""{"type": "{{type}}", "path": "/proc/{{pid}}/ns/{{File(type)}}"}""");

            Assert.Equal(Link($"{pid}", type), oci.Prints(bundle));
        },
        type);

    [Theory]
    [EachRuntime("pid", "network", "ipc", "uts", "cgroup", "time", "user", "mount")]
    [Must("config-linux.md#namespaces", "path is of another type: error")]
    public void A_path_of_another_type_is_an_error(string runtime, string type) => On(
        runtime,
        oci =>
        {
            string other = type == "ipc" ? "uts" : "ipc";
            oci.Refuses(Without(oci.Bundle(), type).With("linux.namespaces.-", $$"""{"type": "{{type}}", "path": "/proc/self/ns/{{other}}"}"""));
        },
        type);

    [Theory]
    [EachRuntime("pid", "network", "ipc", "uts", "cgroup", "time", "user", "mount")]
    [Must("config-linux.md#namespaces", "without path a new one is made")]
    public void Without_a_path_the_namespace_is_new(string runtime, string type) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle($"readlink /proc/self/ns/{File(type)}", copiesRoot: type == "user");
            if (type == "user")
            {
                bundle.InUserNamespace();
            }
            else
            {
                bundle.WithoutNamespace(type).With("linux.namespaces.-", $$"""{"type": "{{type}}"}""");
            }

            Assert.NotEqual(Link("self", type), oci.Prints(bundle));
        },
        type);

    [Theory]
    [EachRuntime("pid", "network", "ipc", "uts", "cgroup", "time", "user", "mount")]
    [Must("config-linux.md#namespaces", "a type that is not listed: the runtime's own")]
    public void A_type_that_is_not_listed_is_the_runtimes_own(string runtime, string type) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = Without(oci.Bundle($"readlink /proc/self/ns/{File(type)}"), type);
            if (type == "mount")
            {
                // Both need a mount table of the container's own.
                bundle.Without("linux.maskedPaths").Without("linux.readonlyPaths");
            }

            bundle.Write();

            // Without a mount namespace the runtime's own mounts are the container's: those are a copy here.
            Assert.Equal(
                type == "mount" ? "same" : Link("self", type),
                type == "mount"
                    ? Host.Bash($"unshare --mount --propagation private bash -c 'own=$(readlink /proc/self/ns/mnt); [ $({oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}) = $own ] && echo same'").Succeeded()
                    : oci.Prints(bundle));
        },
        type);

    [Theory]
    [EachRuntime("pid", "network", "ipc", "uts", "cgroup", "mount")]
    [Must("config-linux.md#namespaces", "a type that is listed twice: error")]
    public void A_type_that_is_listed_twice_is_an_error(string runtime, string type) => On(
        runtime,
        oci => oci.Refuses(oci.Bundle().WithoutNamespace(type).With("linux.namespaces.-", $$"""{"type": "{{type}}"}""").With("linux.namespaces.-", $$"""{"type": "{{type}}"}""")),
        type);

    private static OciBundle Without(OciBundle bundle, string type)
    {
        bundle.WithoutNamespace(type);
        return type == "uts" ? bundle.Without("hostname") : bundle;
    }

    /// <summary>A process in a new namespace of the type: another container's.</summary>
    private static int Hold(OciRuntime oci, string type)
    {
        OciBundle holder = oci.Bundle("exec sleep 1000", nameof(Hold), copiesRoot: type == "user");
        if (type == "user")
        {
            holder.InUserNamespace();
        }
        else
        {
            holder.WithoutNamespace(type).With("linux.namespaces.-", $$"""{"type": "{{type}}"}""");
        }

        oci.Create(holder).Succeeded();
        return oci.Pid(holder);
    }

    private static string File(string type) => type switch
    {
        "network" => "net",
        "mount" => "mnt",
        _ => type,
    };

    private static string Link(string pid, string type) => new FileInfo($"/proc/{pid}/ns/{File(type)}").LinkTarget!;
}

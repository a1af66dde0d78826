using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>The six kinds of hooks: where, when, with what they run, and what their failure does (runtime-spec runtime.md#lifecycle, config.md#posix-platform-hooks).</summary>
[Collection(ContainerTests.Name)]
public sealed class HookTests(ContainerHost host)
{
    /// <summary>One line a hook: kind, mount and pid namespace, whether the program runs, variables, descriptors, state.</summary>
    private const string Hook = """
        #!/bin/sh
        fds=$(ls /proc/self/fd | tr '\n' ' ')
        echo "$1|$(readlink /proc/self/ns/mnt)|$(readlink /proc/self/ns/pid)|$(test -e FOLDER/ran && echo ran || echo waits)|$(cat /proc/self/environ | tr '\0' ' ')|$fds|$(pwd)|$(cat)" >> FOLDER/log
        """;

    [Fact]
    public void Each_kind_runs_at_its_moment_in_its_namespaces_with_the_state_and_its_own_environment_only()
    {
        OciDriver oci = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        string bundle = Bundle(oci, "touch BUNDLE/ran; sleep 1013", All);

        oci.Create(bundle, "hooked").Succeeded();
        Assert.Equal(["prestart", "createRuntime", "createContainer"], Log(bundle).Select(line => line[0]));
        oci.Run("start", "hooked").Succeeded();
        oci.Run("delete", "--force", "hooked").Succeeded();

        string[][] log = Log(bundle);
        Assert.Equal(["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"], log.Select(line => line[0]));
        string mount = new FileInfo("/proc/self/ns/mnt").LinkTarget!;
        string pid = new FileInfo("/proc/self/ns/pid").LinkTarget!;
        string[] inside = ["createContainer", "startContainer"];
        foreach (string[] line in log)
        {
            bool contained = inside.Contains(line[0]);
            Assert.Equal(contained, line[1] != mount);
            Assert.Equal(contained, line[2] != pid);
            Assert.Contains($"KIND={line[0]}", line[4].Split(' ')); // the shell adds its own
            Assert.Equal("0 1 2 3 ", line[5]);
            using JsonDocument state = JsonDocument.Parse(line[7]);
            Assert.Equal("hooked", state.RootElement.GetProperty("id").GetString());
            Assert.Equal(bundle, state.RootElement.GetProperty("bundle").GetString());
            Assert.Equal("v", state.RootElement.GetProperty("annotations").GetProperty("k").GetString());
            Assert.Equal(StatusOf(line[0]), state.RootElement.GetProperty("status").GetString());
            Assert.Equal(contained, state.RootElement.GetProperty("pid").GetInt32() == 1);
        }

        Assert.All(log[..4], line => Assert.Equal("waits", line[3]));
        Assert.Equal(bundle, log[0][6]);
        Directory.Delete(bundle, recursive: true);
        before.AssertUnchanged(host, "hooks");
    }

    [Theory]
    [InlineData("createRuntime", "")]
    [InlineData("createContainer", "")]
    [InlineData("createRuntime", "A=b")]
    [InlineData("createContainer", "A=b")]
    public void The_environment_is_exactly_what_the_hook_was_given(string kind, string variable)
    {
        OciDriver oci = new(host);
        string seen = Path.Combine(host.NewFolder(), "environ");
        string env = variable.Length == 0 ? "" : $", env: [\"{variable}\"]";
        string bundle = oci.Bundle("true", $".process.env += [\"LD_PRELOAD=/evil\"] | .hooks.{kind} = [{{path: \"/bin/cp\", args: [\"cp\", \"/proc/self/environ\", \"{seen}\"]{env}}}]");
        oci.Run("run", "--bundle", bundle, "alone").Succeeded();
        Assert.Equal(variable.Length == 0 ? "" : variable + "\0", File.ReadAllText(seen));
    }

    [Fact]
    public void A_foreground_run_has_all_of_them_too()
    {
        OciDriver oci = new(host);
        string bundle = Bundle(oci, "true", All);
        oci.Run("run", "--bundle", bundle, "hooked").Succeeded();
        Assert.Equal(["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"], Log(bundle).Select(line => line[0]));
    }

    [Theory]
    [InlineData("prestart")]
    [InlineData("createRuntime")]
    [InlineData("createContainer")]
    public void One_that_fails_while_the_container_is_made_undoes_it_and_poststop_runs(string kind)
    {
        OciDriver oci = new(host);
        string bundle = Bundle(oci, "true", [kind, "poststop"], failing: kind);
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Create(bundle, "broken").FailedInOneLine(1, "error running", "exit status 3", "last words");
        oci.Run("state", "broken").FailedInOneLine(1, "does not exist");
        Assert.Equal(["poststop"], Log(bundle).Select(line => line[0]));
        File.Delete(bundle + "/log");
        File.Delete(bundle + "/error");
        before.AssertUnchanged(host, "a failed hook");
    }

    [Fact]
    public void A_failed_startContainer_hook_removes_the_container_and_the_program_never_runs()
    {
        OciDriver oci = new(host);
        string bundle = Bundle(oci, "touch BUNDLE/ran", ["startContainer", "poststop"], failing: "startContainer");
        oci.Create(bundle, "broken").Succeeded();
        oci.Run("start", "broken").FailedInOneLine(1, "exit status 3", "last words");
        oci.Run("state", "broken").FailedInOneLine(1, "does not exist");
        Assert.Equal(["poststop"], Log(bundle).Select(line => line[0]));
    }

    [Fact]
    public void A_failed_poststart_hook_stops_and_removes_the_container()
    {
        OciDriver oci = new(host);
        string bundle = Bundle(oci, "sleep 1014", ["poststart", "poststop"], failing: "poststart");
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Create(bundle, "broken").Succeeded();
        oci.Run("start", "broken").FailedInOneLine(1, "poststart hook #0", "exit status 3");
        oci.Run("state", "broken").FailedInOneLine(1, "does not exist");
        Assert.Equal(["poststop"], Log(bundle).Select(line => line[0]));
        oci.Run("delete", "--force", "broken").Succeeded();
        foreach (string file in (string[])["log", "pid", "error"])
        {
            File.Delete($"{bundle}/{file}");
        }

        before.AssertUnchanged(host, "a failed poststart hook");
    }

    [Fact]
    public void A_failed_poststop_hook_is_a_warning_and_the_next_still_runs()
    {
        OciDriver oci = new(host);
        string bundle = Bundle(oci, "true", ["poststop"]);
        host.Bash($"cd {bundle} && jq '.hooks.poststop |= [{{path: \"/bin/false\"}}] + .' config.json > new && mv new config.json").Succeeded();
        ProgramResult run = oci.Run("run", "--bundle", bundle, "warned");
        run.Succeeded();
        Assert.Contains("level=warning", run.Error, StringComparison.Ordinal);
        Assert.Contains("poststop hook #0", run.Error, StringComparison.Ordinal);
        Assert.Equal(["poststop"], Log(bundle).Select(line => line[0]));
    }

    [Theory]
    [InlineData("createRuntime")]
    [InlineData("createContainer")]
    public void One_that_takes_too_long_is_killed_with_its_children(string kind)
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("true", $".hooks.{kind} = [{{path: \"/bin/sh\", args: [\"sh\", \"-c\", \"sleep 1015 & sleep 1015\"], timeout: 1}}]");
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Run("run", "--bundle", bundle, "late").FailedInOneLine(1, "timeout of 1 s");
        before.AssertUnchanged(host, "a hook that hangs");
    }

    [Theory]
    [InlineData("createRuntime")]
    [InlineData("createContainer")]
    public void One_that_writes_megabytes_and_reads_nothing_holds_up_no_one(string kind)
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("echo ran", $".hooks.{kind} = [{{path: \"/bin/sh\", args: [\"sh\", \"-c\", \"exec 0<&-; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2\"]}}]");
        Assert.Equal("ran", oci.Run("run", "--bundle", bundle, "loud").Succeeded());
    }

    /// <summary>A hook of the runtime's namespaces enters the container's mount namespace, as GPU vendors' do, finds the mounts below the root's path and adds one, which the program sees.</summary>
    [Fact]
    public void One_outside_finds_the_container_complete_at_its_roots_path_and_may_add_to_it()
    {
        OciDriver oci = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        string bundle = oci.Bundle();
        string root = host.Sample + "/rootfs";
        string hook = $"pid=$(grep -o '\"pid\": *[0-9]*' | grep -o '[0-9]*'); grep -q ' {root}/tmp ' /proc/$pid/mountinfo && nsenter -t $pid -m mount -t tmpfs -o size=64k added {root}/tmp/added";
        oci.Change(bundle, "grep -c ' /tmp/added ' /proc/self/mountinfo; grep -c rootfs/tmp /proc/self/mountinfo; ls -d /tmp/added /dev/null", """
            .mounts += [{destination: "/tmp", type: "tmpfs", source: "made"}, {destination: "/tmp/added", type: "tmpfs", source: "below"}]
            """.Trim() + $" | .hooks.prestart = [{{path: \"/bin/sh\", args: [\"sh\", \"-c\", {JsonSerializer.Serialize(hook)}]}}]");

        string output = oci.Run("run", "--bundle", bundle, "furnished").Succeeded();
        Assert.Equal("2\n0\n/dev/null\n/tmp/added", output);
        Directory.Delete(bundle, recursive: true);
        before.AssertUnchanged(host, "furnished");
    }

    [Fact]
    public void One_that_is_not_there_is_named()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("true", ".hooks.prestart = [{path: \"/no/such/hook\"}]");
        oci.Run("run", "--bundle", bundle, "missing").FailedInOneLine(1, "/no/such/hook", "no such file");
    }

    private static readonly string[] All = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    private static string StatusOf(string kind) => kind switch
    {
        "startContainer" => "created",
        "poststart" => "running",
        "poststop" => "stopped",
        _ => "creating",
    };

    private static string[][] Log(string bundle) => File.Exists(bundle + "/log") ? [.. File.ReadAllLines(bundle + "/log").Select(line => line.Split('|'))] : [];

    /// <summary>The bundle's folder is mounted where it is on the host, so that hooks inside write to the same log.</summary>
    private static string Bundle(OciDriver oci, string script, string[] kinds, string failing = "")
    {
        string bundle = oci.Bundle();
        oci.Change(bundle, script.Replace("BUNDLE", bundle, StringComparison.Ordinal), $".annotations.k = \"v\" | .root.readonly = false | .mounts += [{{destination: \"{bundle}\", type: \"bind\", source: \"{bundle}\", options: [\"bind\"]}}]"
            + string.Concat(kinds.Select(kind => kind == failing
                ? $" | .hooks.{kind} = [{{path: \"/bin/sh\", args: [\"sh\", \"-c\", \"echo last words; exit 3\"]}}]"
                : $" | .hooks.{kind} = [{{path: \"{bundle}/hook\", args: [\"hook\", \"{kind}\"], env: [\"KIND={kind}\"]}}]")));
        File.WriteAllText(bundle + "/hook", Hook.Replace("FOLDER", bundle, StringComparison.Ordinal));
        File.SetUnixFileMode(bundle + "/hook", (UnixFileMode)0b111_101_101);
        return bundle;
    }
}

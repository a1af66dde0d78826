namespace MiniRun.Conformance.Tests.Config;

/// <summary>config.md#process and its parts.</summary>
public sealed class ProcessTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("config.md#process", "consoleSize is ignored without a terminal")]
    public void ConsoleSize_without_a_terminal_is_ignored(string runtime) => On(runtime, oci =>
        Assert.Equal("ran", oci.Prints(oci.Bundle("echo ran").With("process.consoleSize", """{"height": 25, "width": 80}"""))));

    [Theory]
    [EachRuntime("", "relative", "./relative")]
    [Must("config.md#process", "cwd is absolute")]
    public void A_relative_cwd_is_an_error(string runtime, string cwd) =>
        On(runtime, oci => oci.Refuses(oci.Bundle().With("process.cwd", $"\"{cwd}\"")), cwd);

    [Theory]
    [EachRuntime]
    [Must("config.md#process", "the first entry of args is looked up as execvp does")]
    public void The_program_is_looked_up_in_the_containers_PATH(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle().With("process.args", """["echo", "found"]""");
        Assert.Equal("found", oci.Prints(bundle));
        oci.Refuses(bundle.With("process.env", """["PATH=/nowhere"]"""));
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#posix-process", "a resource the kernel does not have: error")]
    public void An_unknown_rlimit_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().With("process.rlimits.-", """{"type": "RLIMIT_BANANA", "soft": 1, "hard": 1}""")));

    [Theory]
    [EachRuntime]
    [Must("config.md#posix-process", "getrlimit on type succeeds; rlim_cur is soft, rlim_max is hard")]
    public void Every_rlimit_has_its_soft_and_hard_value(string runtime) => On(runtime, oci =>
    {
        (string Type, string Line, int Soft, int Hard)[] limits =
        [
            ("CPU", "Max cpu time", 1001, 1002), ("FSIZE", "Max file size", 2000001, 2000002), ("DATA", "Max data size", 500000001, 500000002),
            ("STACK", "Max stack size", 7000001, 8000001), ("CORE", "Max core file size", 3, 4), ("RSS", "Max resident set", 900000001, 900000002),
            ("NPROC", "Max processes", 501, 502), ("NOFILE", "Max open files", 101, 102), ("MEMLOCK", "Max locked memory", 4001, 4002),
            ("AS", "Max address space", 2000000001, 2000000002), ("LOCKS", "Max file locks", 11, 12), ("SIGPENDING", "Max pending signals", 13, 14),
            ("MSGQUEUE", "Max msgqueue size", 1501, 1502), ("NICE", "Max nice priority", 0, 0), ("RTPRIO", "Max realtime priority", 0, 0),
            ("RTTIME", "Max realtime timeout", 17, 18),
        ];
        OciBundle bundle = oci.Bundle("cat /proc/self/limits").With("process.rlimits", "[]");
        foreach ((string type, _, int soft, int hard) in limits)
        {
            bundle.With("process.rlimits.-", $$"""{"type": "RLIMIT_{{type}}", "soft": {{soft}}, "hard": {{hard}}}""");
        }

        string seen = oci.Prints(bundle);

        Assert.All(limits, limit => Assert.Matches($@"{limit.Line} +{limit.Soft} +{limit.Hard}\s", seen));
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#posix-process", "a type that is given twice: error")]
    public void An_rlimit_that_is_given_twice_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().With("process.rlimits.-", """{"type": "RLIMIT_NOFILE", "soft": 1024, "hard": 1024}""")));

    [Theory]
    [EachRuntime]
    [Must("config.md#linux-process", "a capability that is unknown or cannot be granted is logged as a warning")]
    public void An_unknown_capability_is_a_warning(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("echo ran");
        foreach (string set in (string[])["bounding", "effective", "permitted"])
        {
            bundle.With($"process.capabilities.{set}.-", "\"CAP_BANANA\"");
        }

        ProgramResult run = oci.Run(bundle);

        Assert.Equal("ran", run.Succeeded());
        Assert.Contains("CAP_BANANA", run.Error, StringComparison.Ordinal);
    });

    [Theory]
    [EachRuntime]
    [Must("config.md#linux-process", "oomScoreAdj is set to the value")]
    public void OomScoreAdj_is_set(string runtime) => On(runtime, oci =>
        Assert.Equal("345", oci.Prints(oci.Bundle("cat /proc/self/oom_score_adj").With("process.oomScoreAdj", "345"))));

    [Theory]
    [EachRuntime]
    [Must("config.md#linux-process", "without oomScoreAdj the value is not changed")]
    public void Without_OomScoreAdj_the_callers_stays(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("cat /proc/self/oom_score_adj");
        bundle.Write();
        Assert.Equal("234", Host.Bash($"echo 234 > /proc/self/oom_score_adj; {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}").Succeeded());
    });
}

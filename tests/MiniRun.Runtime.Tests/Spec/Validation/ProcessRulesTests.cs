using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class ProcessRulesTests
{
    [Fact]
    public void There_must_be_a_program() => Assert.Equal(["process.args: must hold the program to run"], Problems.OfProcess(p => p with { Args = [] }));

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("tmp", "\"tmp\" is not an absolute path")]
    [InlineData("../proc/self/fd/7", "\"../proc/self/fd/7\" is not an absolute path")]
    public void The_working_directory_is_absolute(string cwd, string problem) =>
        Assert.Equal([$"process.cwd: {problem}"], Problems.OfProcess(p => p with { Cwd = cwd }));

    [Fact]
    public void A_path_is_no_longer_than_the_kernel_takes()
    {
        Assert.Empty(Problems.OfProcess(p => p with { Cwd = "/" + new string('a', 4094) }));
        Assert.Equal(["process.cwd: longer than 4095 bytes"], Problems.OfProcess(p => p with { Cwd = "/" + new string('a', 4095) }));
        Assert.Equal(["process.cwd: longer than 4095 bytes"], Problems.OfProcess(p => p with { Cwd = "/" + new string('漢', 1366) }));
    }

    [Theory]
    [InlineData("NOVALUE")]
    [InlineData("=value")]
    [InlineData("")]
    public void A_variable_is_NAME_equals_VALUE(string variable) =>
        Assert.Equal([$"process.env[1]: expected NAME=VALUE, found \"{variable}\""], Problems.OfProcess(p => p with { Env = ["A=", variable] }));

    [Fact]
    public void A_variable_may_be_given_twice() => Assert.Empty(Problems.OfProcess(p => p with { Env = ["A=1", "A=2"] }));

    [Fact]
    public void The_id_that_means_leave_unchanged_is_refused_or_it_would_be_root() =>
        Assert.Equal(
            [
                "process.user.uid: 4294967295 is no id: for the kernel it means \"leave unchanged\"",
                "process.user.gid: 4294967295 is no id: for the kernel it means \"leave unchanged\"",
                "process.user.additionalGids[1]: 4294967295 is no id: for the kernel it means \"leave unchanged\"",
            ],
            Problems.OfProcess(p => p with { User = new UserSpec { Uid = uint.MaxValue, Gid = uint.MaxValue, AdditionalGids = [1, uint.MaxValue] } }));

    [Fact]
    public void A_umask_has_nine_bits()
    {
        Assert.Empty(Problems.OfProcess(p => p with { User = new UserSpec { Umask = 511 } }));
        Assert.Equal(["process.user.umask: expected at most 511 (0777), found 512"], Problems.OfProcess(p => p with { User = new UserSpec { Umask = 512 } }));
    }

    [Theory]
    [InlineData(-1001)]
    [InlineData(1001)]
    public void The_oom_score_adjustment_has_a_range(int value) =>
        Assert.Equal([$"process.oomScoreAdj: expected -1000 to 1000, found {value}"], Problems.OfProcess(p => p with { OomScoreAdj = value }));

    [Fact]
    public void Limits_are_known_once_each_and_soft_within_hard() =>
        Assert.Equal(
            [
                "process.rlimits[1].type: RLIMIT_CORE is given twice",
                "process.rlimits[2].type: unknown limit \"RLIMIT_NOFILES\"",
                "process.rlimits[3].soft: 2 is above the hard limit, 1",
            ],
            Problems.OfProcess(p => p with { Rlimits = [new("RLIMIT_CORE", 0, 0), new("RLIMIT_CORE", 0, 0), new("RLIMIT_NOFILES", 0, 0), new("RLIMIT_CPU", 2, 1)] }));

    [Theory]
    [InlineData("AS")]
    [InlineData("CORE")]
    [InlineData("CPU")]
    [InlineData("DATA")]
    [InlineData("FSIZE")]
    [InlineData("LOCKS")]
    [InlineData("MEMLOCK")]
    [InlineData("MSGQUEUE")]
    [InlineData("NICE")]
    [InlineData("NOFILE")]
    [InlineData("NPROC")]
    [InlineData("RSS")]
    [InlineData("RTPRIO")]
    [InlineData("RTTIME")]
    [InlineData("SIGPENDING")]
    [InlineData("STACK")]
    public void All_sixteen_limits_are_known(string name) =>
        Assert.Empty(Problems.OfProcess(p => p with { Rlimits = [new($"RLIMIT_{name}", 1, ulong.MaxValue)] }));

    [Fact]
    public void An_effective_capability_must_be_permitted() =>
        Assert.Equal(
            ["process.capabilities.effective[1]: \"CAP_SYS_ADMIN\" is not in permitted, and the kernel refuses that"],
            Problems.OfProcess(p => p with { Capabilities = new CapabilitiesSpec { Permitted = ["CAP_KILL", "CAP_CHOWN"], Effective = ["CAP_CHOWN", "CAP_SYS_ADMIN"] } }));

    [Fact]
    public void Ambient_capabilities_without_inheritable_ones_and_unknown_names_are_left_to_the_plan()
    {
        string[] names = ["CAP_KILL", "CAP_OF_TOMORROW"];
        Assert.Empty(Problems.OfProcess(p => p with { Capabilities = new CapabilitiesSpec { Permitted = names, Effective = names, Ambient = names } }));
    }

    [Fact]
    public void A_process_for_exec_is_checked_alone()
    {
        ProcessSpec process = new() { Cwd = "x" };
        SpecException failure = Assert.Throws<SpecException>(() => SpecValidator.Check(process));
        Assert.Equal(["process.args: must hold the program to run", "process.cwd: \"x\" is not an absolute path"], failure.Problems);
    }
}

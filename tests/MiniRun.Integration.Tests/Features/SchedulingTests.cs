using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>How the kernel runs the program: what is asked for is seen from inside, and what cannot be had is an error.</summary>
[Collection(ContainerTests.Name)]
public sealed class SchedulingTests(ContainerHost host)
{
    [Fact]
    public void The_scheduler_is_the_one_asked_for()
    {
        // stat's fields 19 and 41 (proc(5)): nice and policy.
        Assert.Equal("7 3", Run("awk '{ print $19, $41 }' /proc/self/stat", ".process.scheduler = {policy: \"SCHED_BATCH\", nice: 7}"));
        Assert.Equal("0 0", Run("awk '{ print $19, $41 }' /proc/self/stat", "."));
    }

    [Fact]
    public void The_priority_of_io_is_the_one_asked_for()
    {
        Assert.Equal("idle", Run("ionice -p $$", ".process.ioPriority = {class: \"IOPRIO_CLASS_IDLE\", priority: 0}").Split(':')[0]);
        Assert.Equal("best-effort: prio 6", Run("ionice -p $$", ".process.ioPriority = {class: \"IOPRIO_CLASS_BE\", priority: 6}"));
    }

    [Fact]
    public void A_32_bit_personality_shows_another_machine()
    {
        Assert.Equal("i686", Run("uname -m", ".linux.personality = {domain: \"LINUX32\"}"));
        Assert.Equal("x86_64", Run("uname -m", ".linux.personality = {domain: \"LINUX\"}"));
    }

    [Fact]
    public void Memory_comes_from_the_nodes_asked_for()
    {
        Assert.Contains("bind:0", Run("cat /proc/self/numa_maps", ".linux.memoryPolicy = {mode: \"MPOL_BIND\", nodes: \"0\", flags: []}"), StringComparison.Ordinal);
        Assert.DoesNotContain("bind", Run("cat /proc/self/numa_maps", "."), StringComparison.Ordinal);
    }

    [Fact]
    public void Exec_runs_on_the_final_cpus()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("while :; do sleep 0.02; done", ".process.execCPUAffinity = {initial: \"0\", final: \"1\"}");
        oci.Create(bundle, "bound").Succeeded();
        oci.Run("start", "bound").Succeeded();
        Assert.Equal("Cpus_allowed_list:\t1", oci.Run("exec", "bound", "grep", "Cpus_allowed_list", "/proc/self/status").Succeeded());
        oci.Run("delete", "--force", "bound").Succeeded();
    }

    [Theory]
    [InlineData("SCHED_NONE", ".process.scheduler = {policy: \"SCHED_NONE\"}")]
    [InlineData("sched_setattr", ".process.scheduler = {policy: \"SCHED_DEADLINE\", runtime: 5, deadline: 1, period: 1}")]
    [InlineData("priority", ".process.ioPriority = {class: \"IOPRIO_CLASS_BE\", priority: 8}")]
    [InlineData("IOPRIO_CLASS_X", ".process.ioPriority = {class: \"IOPRIO_CLASS_X\", priority: 1}")]
    [InlineData("personality", ".linux.personality = {domain: \"BSD\"}")]
    [InlineData("set_mempolicy", ".linux.memoryPolicy = {mode: \"MPOL_BIND\", nodes: \"900\", flags: []}")]
    [InlineData("MPOL_NONE", ".linux.memoryPolicy = {mode: \"MPOL_NONE\", nodes: \"0\", flags: []}")]
    public void What_cannot_be_had_is_one_line(string named, string filter)
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle(filter: filter);
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Run("run", "--bundle", bundle, "refused").FailedInOneLine(1, named);
        before.AssertUnchanged(host, filter);
    }

    private string Run(string script, string filter)
    {
        OciDriver oci = new(host);
        return oci.Run("run", "--bundle", oci.Bundle(script, filter), "scheduled").Succeeded();
    }
}

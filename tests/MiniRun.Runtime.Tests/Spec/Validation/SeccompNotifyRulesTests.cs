using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class SeccompNotifyRulesTests
{
    private static SeccompSpec Asking(params string[] calls) => new()
    {
        DefaultAction = "SCMP_ACT_ALLOW",
        ListenerPath = "/run/agent.sock",
        Syscalls = [new SeccompRuleSpec { Names = calls, Action = "SCMP_ACT_NOTIFY" }],
    };

    private static IReadOnlyList<string> ProblemsOf(SeccompSpec seccomp) => Problems.OfLinux(linux => linux with { Seccomp = seccomp });

    [Fact]
    public void Single_calls_with_a_listener_are_fine() => Assert.Empty(ProblemsOf(Asking("mount", "mknod") with { ListenerMetadata = "x" }));

    [Fact]
    public void Somebody_must_listen() =>
        Assert.Equal(["linux.seccomp.listenerPath: required with SCMP_ACT_NOTIFY: nobody would answer"], ProblemsOf(Asking("mount") with { ListenerPath = null }));

    [Fact]
    public void The_listeners_path_is_absolute() =>
        Assert.Equal(["linux.seccomp.listenerPath: \"agent.sock\" is not an absolute path"], ProblemsOf(Asking("mount") with { ListenerPath = "agent.sock" }));

    [Fact]
    public void A_listener_that_nothing_asks_is_fine() =>
        Assert.Empty(ProblemsOf(new SeccompSpec { DefaultAction = "SCMP_ACT_ALLOW", ListenerPath = "/run/agent.sock" }));

    [Fact]
    public void Metadata_are_for_a_listener() =>
        Assert.Equal(["linux.seccomp.listenerMetadata: must not be set without listenerPath"], ProblemsOf(new SeccompSpec { DefaultAction = "SCMP_ACT_ALLOW", ListenerMetadata = "x" }));

    [Fact]
    public void The_start_itself_must_not_ask()
    {
        Assert.StartsWith("linux.seccomp.syscalls[0]: SCMP_ACT_NOTIFY cannot be used for write", Assert.Single(ProblemsOf(Asking("mount", "write"))), StringComparison.Ordinal);
        Assert.StartsWith(
            "linux.seccomp.defaultAction: SCMP_ACT_NOTIFY is for single system calls",
            Assert.Single(ProblemsOf(new SeccompSpec { DefaultAction = "SCMP_ACT_NOTIFY", ListenerPath = "/run/agent.sock" })),
            StringComparison.Ordinal);
    }
}

using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class SeccompRulesTests
{
    private static IReadOnlyList<string> Of(SeccompSpec seccomp) => Problems.OfLinux(linux => linux with { Seccomp = seccomp });

    private static IReadOnlyList<string> OfRule(SeccompRuleSpec rule) => Of(new SeccompSpec { DefaultAction = "SCMP_ACT_ALLOW", Syscalls = [rule] });

    [Fact]
    public void Words_nobody_knows_are_refused() =>
        Assert.Equal(
            [
                "linux.seccomp.defaultAction: unknown action \"SCMP_ACT_NOTHING\"",
                "linux.seccomp.architectures[1]: unknown architecture \"x86_64\"",
                "linux.seccomp.flags[0]: unknown flag \"SECCOMP_FILTER_FLAG_NEW_LISTENER\"",
                "linux.seccomp.syscalls[0].action: unknown action \"ALLOW\"",
                "linux.seccomp.syscalls[0].args[0].op: unknown operator \"==\"",
            ],
            Of(new SeccompSpec
            {
                DefaultAction = "SCMP_ACT_NOTHING",
                Architectures = ["SCMP_ARCH_X86_64", "x86_64"],
                Flags = ["SECCOMP_FILTER_FLAG_NEW_LISTENER"],
                Syscalls = [new SeccompRuleSpec { Names = ["a"], Action = "ALLOW", Args = [new(0, 0, 0, "==")] }],
            }));

    [Theory]
    [InlineData("SCMP_ACT_ERRNO", 4095u)]
    [InlineData("SCMP_ACT_TRACE", 65535u)]
    public void An_error_number_goes_with_the_actions_that_carry_one(string action, uint highest)
    {
        Assert.Empty(OfRule(new SeccompRuleSpec { Names = ["a"], Action = action, ErrnoRet = highest }));
        Assert.Equal(
            [$"linux.seccomp.syscalls[0].errnoRet: expected at most {highest}, found {highest + 1}"],
            OfRule(new SeccompRuleSpec { Names = ["a"], Action = action, ErrnoRet = highest + 1 }));
    }

    [Theory]
    [InlineData("SCMP_ACT_ALLOW")]
    [InlineData("SCMP_ACT_KILL")]
    [InlineData("SCMP_ACT_KILL_PROCESS")]
    [InlineData("SCMP_ACT_KILL_THREAD")]
    [InlineData("SCMP_ACT_LOG")]
    [InlineData("SCMP_ACT_TRAP")]
    public void An_error_number_on_any_other_action_is_refused(string action)
    {
        const string Rest = "cannot carry an error number; only SCMP_ACT_ERRNO and SCMP_ACT_TRACE can";
        Assert.Equal([$"linux.seccomp.syscalls[0].errnoRet: \"{action}\" {Rest}"], OfRule(new SeccompRuleSpec { Names = ["a"], Action = action, ErrnoRet = 1 }));
        Assert.Equal([$"linux.seccomp.defaultErrnoRet: \"{action}\" {Rest}"], Of(new SeccompSpec { DefaultAction = action, DefaultErrnoRet = 1 }));
    }

    [Fact]
    public void A_rule_names_calls_and_one_of_six_arguments() =>
        Assert.Equal(
            ["linux.seccomp.syscalls[0].names: must name at least one system call", "linux.seccomp.syscalls[0].args[0].index: expected 0 to 5, found 6"],
            OfRule(new SeccompRuleSpec { Names = [], Action = "SCMP_ACT_LOG", Args = [new(6, 0, 0, "SCMP_CMP_EQ")] }));
}

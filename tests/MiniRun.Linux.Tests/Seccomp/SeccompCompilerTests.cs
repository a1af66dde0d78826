using MiniRun.Linux.Seccomp;
using static MiniRun.Linux.Tests.Seccomp.FilterMachine;

namespace MiniRun.Linux.Tests.Seccomp;

public sealed class SeccompCompilerTests
{
    private const int Getpid = 39;
    private const int Write = 1;

    [Theory]
    [InlineData("SCMP_ACT_KILL", null, 0x00000000)]
    [InlineData("SCMP_ACT_KILL_THREAD", null, 0x00000000)]
    [InlineData("SCMP_ACT_KILL_PROCESS", null, 0x80000000)]
    [InlineData("SCMP_ACT_TRAP", null, 0x00030000)]
    [InlineData("SCMP_ACT_ERRNO", null, 0x00050001)]
    [InlineData("SCMP_ACT_ERRNO", 95U, 0x0005005f)]
    [InlineData("SCMP_ACT_ERRNO", 0U, 0x00050000)]
    [InlineData("SCMP_ACT_TRACE", 7U, 0x7ff00007)]
    [InlineData("SCMP_ACT_TRACE", 65535U, 0x7ff0ffff)]
    [InlineData("SCMP_ACT_LOG", null, 0x7ffc0000)]
    [InlineData("SCMP_ACT_NOTIFY", null, 0x7fc00000)]
    public void Every_action_becomes_its_return_value(string action, uint? errno, uint value)
        => Assert.Equal(value, Compile("SCMP_ACT_ALLOW", null, Rule("getpid", action, errno)).X64(Getpid));

    [Theory]
    [InlineData("SCMP_CMP_NE", 5, 0, new ulong[] { 4, 6 }, new ulong[] { 5 })]
    [InlineData("SCMP_CMP_LT", 5, 0, new ulong[] { 4 }, new ulong[] { 5, 6 })]
    [InlineData("SCMP_CMP_LE", 5, 0, new ulong[] { 4, 5 }, new ulong[] { 6 })]
    [InlineData("SCMP_CMP_EQ", 5, 0, new ulong[] { 5 }, new ulong[] { 4, 6, 5 + (1UL << 32) })]
    [InlineData("SCMP_CMP_GE", 5, 0, new ulong[] { 5, 6 }, new ulong[] { 4 })]
    [InlineData("SCMP_CMP_GT", 5, 0, new ulong[] { 6, 1UL << 40 }, new ulong[] { 5 })]
    [InlineData("SCMP_CMP_MASKED_EQ", 6, 4, new ulong[] { 4, 5, 12 }, new ulong[] { 6, 2, 0 })]
    public void Every_operator_compares_as_it_says(string op, ulong value, ulong valueTwo, ulong[] matching, ulong[] other)
    {
        FilterMachine filter = Compile("SCMP_ACT_ERRNO", null, Rule("write", "SCMP_ACT_ALLOW", null, new SeccompArgument(2, value, valueTwo, op)));
        Assert.All(matching, argument => Assert.Equal(Allow, filter.X64(Write, 0, 0, argument)));
        Assert.All(other, argument => Assert.Equal(Eperm, filter.X64(Write, 0, 0, argument)));
    }

    [Fact]
    public void Comparisons_of_different_arguments_must_all_match()
    {
        FilterMachine filter = Compile("SCMP_ACT_ERRNO", null, Rule("write", "SCMP_ACT_ALLOW", null, new(0, 1, 0, "SCMP_CMP_EQ"), new(2, 5, 0, "SCMP_CMP_EQ")));
        Assert.Equal(Allow, filter.X64(Write, 1, 0, 5));
        Assert.Equal(Eperm, filter.X64(Write, 1, 0, 6));
    }

    [Fact]
    public void Comparisons_of_one_argument_are_alternatives_as_for_runc()
    {
        FilterMachine filter = Compile("SCMP_ACT_ERRNO", null, Rule("write", "SCMP_ACT_ALLOW", null, new(0, 1, 0, "SCMP_CMP_EQ"), new(0, 2, 0, "SCMP_CMP_EQ")));
        Assert.Equal(Allow, filter.X64(Write, 1));
        Assert.Equal(Allow, filter.X64(Write, 2));
        Assert.Equal(Eperm, filter.X64(Write, 3));
    }

    [Fact]
    public void Unknown_calls_and_rules_like_the_default_are_skipped()
    {
        FilterMachine filter = Compile("SCMP_ACT_ERRNO", null, Rule("no_such_call", "SCMP_ACT_ALLOW", null), Rule("mount", "SCMP_ACT_ERRNO", null), Rule("getpid", "SCMP_ACT_ALLOW", null), Rule("write", "SCMP_ACT_ERRNO", 38));
        Assert.Equal(Allow, filter.X64(Getpid));
        Assert.Equal(Eperm, filter.X64(0));
        Assert.Equal(Enosys, filter.X64(Write));
    }

    [Fact]
    public void A_default_that_lets_calls_through_lets_new_ones_through_too()
        => Assert.Equal(Allow, Compile("SCMP_ACT_ALLOW", null, Rule("getpid", "SCMP_ACT_KILL", null)).X64(1000));

    [Fact]
    public void A_defaults_errno_is_the_profiles()
    {
        FilterMachine filter = Compile("SCMP_ACT_ERRNO", 13, Rule("mount_setattr", "SCMP_ACT_ALLOW", null));
        Assert.Equal(0x0005000dU, filter.X64(Write));
    }

    [Fact]
    public void Architectures_not_asked_for_are_killed()
        => Assert.Equal(KillThread, Compile("SCMP_ACT_ERRNO", null, Rule("getpid", "SCMP_ACT_ALLOW", null)).Run(X86, 20));

    [Theory]
    [InlineData("SCMP_ACT_ALLOW")]
    [InlineData("SCMP_ACT_KILL_PROCESS")]
    [InlineData("SCMP_ACT_LOG")]
    [InlineData("SCMP_ACT_NOTIFY")]
    [InlineData("SCMP_ACT_TRAP")]
    public void An_errno_on_an_action_that_cannot_carry_one_is_refused(string action)
        => Assert.Contains("cannot carry errno 5", Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ALLOW", null, Rule("getpid", action, 5))).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_nobody_knows_are_refused_by_name()
    {
        Assert.Contains("SCMP_ACT_PERMIT", Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_PERMIT", null)).Message, StringComparison.Ordinal);
        Assert.Contains("SCMP_CMP_LIKE", Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ALLOW", null, Rule("getpid", "SCMP_ACT_KILL", null, new SeccompArgument(0, 0, 0, "SCMP_CMP_LIKE")))).Message, StringComparison.Ordinal);
        Assert.Contains("SCMP_ARCH_VAX", Assert.Throws<MiniRunException>(() => SeccompCompiler.Compile(new SeccompProfile { DefaultAction = "SCMP_ACT_ALLOW", Architectures = ["SCMP_ARCH_VAX"] })).Message, StringComparison.Ordinal);
        Assert.Throws<MiniRunException>(() => SeccompWords.Flag("SECCOMP_FILTER_FLAG_NEW_LISTENER"));
        Assert.Equal(4U, SeccompWords.Flag("SECCOMP_FILTER_FLAG_SPEC_ALLOW"));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_NOTIFY", null));
        Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ERRNO", 4096));
        Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ALLOW", null, Rule("getpid", "SCMP_ACT_KILL", null, new SeccompArgument(6, 0, 0, "SCMP_CMP_EQ"))));
    }

    [Fact]
    public void A_denied_call_that_libseccomp_does_not_know_is_no_silent_permission()
    {
        Assert.Contains("would not be denied", Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ALLOW", null, Rule("call_of_the_future", "SCMP_ACT_ERRNO", 1))).Message, StringComparison.Ordinal);
        Assert.NotNull(Compile("SCMP_ACT_ERRNO", 1, Rule("call_of_the_future", "SCMP_ACT_ALLOW", null)));
    }

    [Fact]
    public void A_filter_too_long_for_the_kernel_is_refused()
    {
        SeccompRule[] rules = [.. Enumerable.Range(0, 4200).Select(number => Rule("write", "SCMP_ACT_ALLOW", null, new SeccompArgument(0, (ulong)number * 7919, 0, "SCMP_CMP_EQ")))];
        Assert.Contains("instructions", Assert.Throws<MiniRunException>(() => Compile("SCMP_ACT_ERRNO", null, rules)).Message, StringComparison.Ordinal);
    }

    private static SeccompRule Rule(string name, string action, uint? errno, params SeccompArgument[] arguments) => new([name], action, errno, arguments);

    private static FilterMachine Compile(string defaultAction, uint? errno, params SeccompRule[] rules)
        => new(SeccompCompiler.Compile(new SeccompProfile { DefaultAction = defaultAction, DefaultErrno = errno, Rules = rules }));
}

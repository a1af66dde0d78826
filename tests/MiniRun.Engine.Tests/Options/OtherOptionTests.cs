using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Options;

public sealed class OtherOptionTests
{
    [Theory]
    [InlineData("A=1", "A", "1")]
    [InlineData("A=", "A", "")]
    [InlineData("A=b=c", "A", "b=c")]
    [InlineData("A", "A", null)]
    public void A_variable_has_a_name_and_perhaps_a_value(string text, string name, string? value) =>
        Assert.Equal(new EnvironmentVariable(name, value), EnvironmentVariable.Parse(text, "--env"));

    [Theory]
    [InlineData("")]
    [InlineData("=x")]
    public void A_variable_without_a_name_is_refused(string text) => Assert.Throws<OptionException>(() => EnvironmentVariable.Parse(text, "--env"));

    [Fact]
    public void A_file_of_variables_has_one_a_line_and_quotes_nothing()
    {
        IReadOnlyList<EnvironmentVariable> variables = EnvironmentFile.Parse("\uFEFF# comment\n\nA=1\r\n  B=\"two words\" # kept\nC\n", "env");
        Assert.Equal([new EnvironmentVariable("A", "1"), new EnvironmentVariable("B", "\"two words\" # kept"), new EnvironmentVariable("C", null)], variables);
    }

    [Theory]
    [InlineData("A B=1", "line 1")]
    [InlineData("A=1\n=2", "line 2")]
    public void A_wrong_line_of_a_file_is_told_by_its_number(string content, string part) =>
        Assert.Contains(part, Assert.Throws<OptionException>(() => EnvironmentFile.Parse(content, "env")).Message);

    [Fact]
    public void A_ulimit_is_soft_and_hard()
    {
        Assert.Equal(new RlimitSpec("RLIMIT_NOFILE", 1024, 2048), Ulimit.Parse("nofile=1024:2048", "--ulimit"));
        Assert.Equal(new RlimitSpec("RLIMIT_NPROC", 5, 5), Ulimit.Parse("nproc=5", "--ulimit"));
        Assert.Equal(new RlimitSpec("RLIMIT_CORE", ulong.MaxValue, ulong.MaxValue), Ulimit.Parse("core=-1", "--ulimit"));
    }

    [Theory]
    [InlineData("nofile", "NAME=SOFT")]
    [InlineData("files=1", "unknown limit files")]
    [InlineData("nofile=2:1", "soft limit is over the hard limit")]
    [InlineData("nofile=many", "not a whole number")]
    [InlineData("nofile=-2", "not a whole number")]
    public void A_wrong_ulimit_is_told_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.Throws<OptionException>(() => Ulimit.Parse(text, "--ulimit")).Message);

    [Fact]
    public void Security_options_are_written_with_an_equals_sign_a_colon_or_alone()
    {
        Assert.True(new SecurityChoices().With("no-new-privileges", "--security-opt").NoNewPrivileges);
        Assert.True(new SecurityChoices().With("no-new-privileges=true", "--security-opt").NoNewPrivileges);
        Assert.True(new SecurityChoices().With("no-new-privileges:true", "--security-opt").NoNewPrivileges);
        Assert.False(new SecurityChoices { NoNewPrivileges = true }.With("no-new-privileges=false", "--security-opt").NoNewPrivileges);
        Assert.Equal("unconfined", new SecurityChoices().With("seccomp=unconfined", "--security-opt").Seccomp);
        Assert.Equal("/p.json", new SecurityChoices().With("seccomp:/p.json", "--security-opt").Seccomp);
        Assert.Null(new SecurityChoices { Seccomp = "x" }.With("seccomp=builtin", "--security-opt").Seccomp);
        Assert.True(new SecurityChoices().With("systempaths=unconfined", "--security-opt").SystemPathsUnconfined);
    }

    [Theory]
    [InlineData("no-new-privileges=perhaps")]
    [InlineData("seccomp")]
    [InlineData("label=type:strict")]
    [InlineData("label=type:x")]
    [InlineData("nonsense")]
    public void An_unknown_security_option_is_refused_and_not_ignored(string text) =>
        Assert.Throws<OptionException>(() => new SecurityChoices().With(text, "--security-opt"));

    [Theory]
    [InlineData("private", "--pid", NamespaceChoice.Private)]
    [InlineData("host", "--ipc", NamespaceChoice.Host)]
    [InlineData("none", "--network", NamespaceChoice.None)]
    [InlineData("private", "--network", NamespaceChoice.Private)]
    public void A_namespace_is_private_or_the_hosts(string text, string option, NamespaceChoice choice) =>
        Assert.Equal(choice, NamespaceOption.Parse(text, option));

    [Theory]
    [InlineData("bridge", "--network")]
    [InlineData("container:x", "--pid")]
    [InlineData("auto", "--userns")]
    public void A_mode_of_a_later_version_is_said_to_be_one(string text, string option) =>
        Assert.Matches("not there yet|are there yet", Assert.ThrowsAny<MiniRunException>(() => NamespaceOption.Parse(text, option)).Message);

    [Theory]
    [InlineData("NET_ADMIN")]
    [InlineData("cap_net_admin")]
    [InlineData("CAP_NET_ADMIN")]
    public void A_capability_is_known_by_both_of_its_names(string text) =>
        Assert.Equal(CapabilitySet.Of(Capability.CAP_NET_ADMIN), CapabilityChange.Parse(text, "--cap-add").Set);

    [Fact]
    public void An_unknown_capability_is_named() =>
        Assert.StartsWith("invalid argument \"FOO\" for --cap-add: unknown capability", Assert.Throws<OptionException>(() => CapabilityChange.Parse("FOO", "--cap-add")).Message);

    [Fact]
    public void A_sysctl_is_a_name_and_a_value()
    {
        Assert.Equal(new SysctlSetting("net.core.somaxconn", "1"), SysctlSetting.Parse("net.core.somaxconn=1", "--sysctl"));
        Assert.Equal(new SysctlSetting("net.core.somaxconn", "1"), SysctlSetting.Parse("net/core/somaxconn=1", "--sysctl"));
        Assert.Throws<OptionException>(() => SysctlSetting.Parse("net.core.somaxconn", "--sysctl"));
        Assert.Throws<OptionException>(() => SysctlSetting.Parse("=1", "--sysctl"));
    }

    [Theory]
    [InlineData("web-1.example", true)]
    [InlineData("a_b", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x", false)]
    public void A_hostname_is_what_the_kernel_and_name_services_take(string text, bool valid)
    {
        if (valid)
        {
            Assert.Equal(text, HostnameOption.Parse(text, "--hostname"));
        }
        else
        {
            Assert.Throws<OptionException>(() => HostnameOption.Parse(text, "--hostname"));
        }
    }

    [Fact]
    public void An_endless_wrong_value_is_shown_shortened_and_in_one_line()
    {
        string message = Assert.Throws<OptionException>(() => ByteSize.Parse(new string('9', 100) + "\n" + new string('x', 5000), "-m")).Message;
        Assert.InRange(message.Length, 100, 400);
        Assert.DoesNotContain('\n', message);
    }
}

using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class SysctlRulesTests
{
    private static IReadOnlyList<string> Of(string key, NamespaceType? without = null, string? domainname = null) => Problems.Of(spec => spec with
    {
        Hostname = null,
        Domainname = domainname,
        Linux = Problems.Namespaces(spec.Linux, without is null ? [] : [without.Value]) with { Sysctl = new Dictionary<string, string> { [key] = "1" } },
    });

    [Theory]
    [InlineData("kernel.msgmax", NamespaceType.Ipc)]
    [InlineData("kernel.msgmnb", NamespaceType.Ipc)]
    [InlineData("kernel.msgmni", NamespaceType.Ipc)]
    [InlineData("kernel.sem", NamespaceType.Ipc)]
    [InlineData("kernel/shmall", NamespaceType.Ipc)]
    [InlineData("kernel.shmmax", NamespaceType.Ipc)]
    [InlineData("kernel.shmmni", NamespaceType.Ipc)]
    [InlineData("kernel.shm_rmid_forced", NamespaceType.Ipc)]
    [InlineData("fs.mqueue.msg_max", NamespaceType.Ipc)]
    [InlineData("net.ipv4.ip_forward", NamespaceType.Network)]
    [InlineData("net/ipv4/conf/eth0.100/forwarding", NamespaceType.Network)]
    [InlineData("kernel.domainname", NamespaceType.Uts)]
    public void A_namespaced_parameter_needs_its_namespace(string key, NamespaceType type)
    {
        Assert.Empty(Of(key));
        Assert.Equal([$"linux.sysctl[\"{key}\"]: needs a {type.Word()} namespace in linux.namespaces, or the host's would be set"], Of(key, without: type));
    }

    [Theory]
    [InlineData("kernel.core_pattern")]
    [InlineData("kernel.msg")]
    [InlineData("kernel.sem.x")]
    [InlineData("vm.overcommit_memory")]
    [InlineData("fs.file-max")]
    [InlineData("networking.x")]
    [InlineData("user.max_user_namespaces")]
    public void A_parameter_of_the_whole_host_is_refused(string key) =>
        Assert.Equal([$"linux.sysctl[\"{key}\"]: no namespace holds it, so it would be set for the whole host"], Of(key));

    [Theory]
    [InlineData("")]
    [InlineData("net")]
    [InlineData("net.")]
    [InlineData(".net.x")]
    [InlineData("/net/x")]
    [InlineData("net..x")]
    [InlineData("net/../kernel/core_pattern")]
    [InlineData("net/./x")]
    [InlineData("net.//.kernel.core_pattern")]
    public void What_would_leave_its_folder_is_no_name(string key) =>
        Assert.Equal([$"linux.sysctl[\"{key}\"]: not the name of a kernel parameter"], Of(key));

    [Fact]
    public void The_names_of_the_machine_have_members_of_their_own()
    {
        Assert.Equal(["linux.sysctl[\"kernel.hostname\"]: is what hostname sets; use that"], Of("kernel.hostname"));
        Assert.Equal(["linux.sysctl[\"kernel.domainname\"]: is what domainname sets; use one of them"], Of("kernel.domainname", domainname: "d"));
    }

    [Theory]
    [InlineData("net.ipv4.ip_forward", "net/ipv4/ip_forward")]
    [InlineData("net/ipv4/conf/eth0.1/mtu", "net/ipv4/conf/eth0.1/mtu")]
    [InlineData("net.ipv4.conf.eth0/1.mtu", "net/ipv4/conf/eth0.1/mtu")]
    public void The_first_separator_separates(string key, string file) => Assert.Equal(file, SysctlKey.FileOf(key));
}

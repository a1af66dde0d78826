using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 28 and 29: what docker's default profile has to deny: nested user namespaces (CVE-2022-0492) and AF_ALG sockets.</summary>
[Collection(AttackTests.Name)]
public sealed class DefaultProfileTests(ContainerHost host)
{
    [Fact]
    public void A_nested_user_namespace_is_denied_and_without_the_profile_it_is_not()
    {
        using Canaries canaries = new(host);
        const string script = "unshare -U true && echo escaped";

        Assert.DoesNotContain("escaped", host.Shell(script).Output, StringComparison.Ordinal);
        Assert.Equal("escaped", host.Shell(script, "--security-opt=seccomp=unconfined").Succeeded());
    }

    [Fact]
    public void An_AF_ALG_socket_is_denied_and_socketcall_is_not()
    {
        using Canaries canaries = new(host);
        string folder = host.NewFolder();
        host.Program("gcc", "-static", "-O1", "-o", $"{folder}/sockets", Path.Combine(AppContext.BaseDirectory, "programs/sockets.c")).Succeeded();

        string[] profile = host.Shell("/p/sockets", "-v", $"{folder}:/p").Lines();
        string[] unconfined = host.Shell("/p/sockets", "-v", $"{folder}:/p", "--security-opt=seccomp=unconfined").Lines();

        Assert.Equal("AF_ALG denied", profile[0]);
        Assert.Equal("AF_ALG not denied", unconfined[0]);
        Assert.Equal(unconfined[1], profile[1]);
    }
}

using MiniRun.Linux.Systemd;

namespace MiniRun.Linux.Tests.Systemd;

public sealed class SystemdScopeTests
{
    [Theory]
    [InlineData("machine.slice:libpod:1a2b", "libpod-1a2b.scope", "/machine.slice/libpod-1a2b.scope")]
    [InlineData(":minirun:box", "minirun-box.scope", "/system.slice/minirun-box.scope")]
    [InlineData("a-b-c.slice:p:n", "p-n.scope", "/a.slice/a-b.slice/a-b-c.slice/p-n.scope")]
    [InlineData("-.slice:p:n", "p-n.scope", "/p-n.scope")]
    [InlineData("kubepods-besteffort-pod1_2.slice:cri-containerd:a", "cri-containerd-a.scope", "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1_2.slice/cri-containerd-a.scope")]
    public void A_path_is_a_scope_in_a_slice(string path, string unit, string folder)
    {
        SystemdScope scope = SystemdScope.Parse(path, user: false);

        Assert.Equal(unit, scope.Unit);
        Assert.Equal(folder, scope.Path);
        Assert.False(scope.User);
    }

    [Fact]
    public void A_users_default_slice_is_the_users() => Assert.Equal("/user.slice/p-n.scope", SystemdScope.Parse(":p:n", user: true).Path);

    [Theory]
    [InlineData("/box")]
    [InlineData("a.slice:b")]
    [InlineData("a.slice:b:c:d")]
    [InlineData("a.slice:p:")]
    [InlineData("a.slice:p:n.slice")]
    [InlineData("a.slice:p:n/m")]
    [InlineData("a.slice:../p:n")]
    [InlineData("a:p:n")]
    [InlineData(".slice:p:n")]
    [InlineData("a--b.slice:p:n")]
    [InlineData("-a.slice:p:n")]
    [InlineData("../a.slice:p:n")]
    [InlineData("a/b.slice:p:n")]
    [InlineData("a.slice:p:n\n")]
    public void Anything_else_is_refused(string path) => Assert.Throws<MiniRunException>(() => SystemdScope.Parse(path, user: false));
}

using MiniRun.Linux.DBus;

namespace MiniRun.Linux.Tests.DBus;

public sealed class BusAddressTests
{
    [Theory]
    [InlineData("unix:path=/run/user/1000/bus", "/run/user/1000/bus")]
    [InlineData("unix:guid=1,path=/a%20b", "/a b")]
    [InlineData("tcp:host=localhost,port=1;unix:path=/x,guid=2", "/x")]
    [InlineData("unix:abstract=/tmp/dbus", null)]
    [InlineData("", null)]
    public void The_first_socket_with_a_path_counts(string address, string? path) => Assert.Equal(path, BusAddress.PathIn(address));

    [Fact]
    public void A_variable_comes_before_the_usual_place()
    {
        Assert.Equal("/run/dbus/system_bus_socket", BusAddress.OfSystem(static _ => null));
        Assert.Equal("/s", BusAddress.OfSystem(static name => name == "DBUS_SYSTEM_BUS_ADDRESS" ? "unix:path=/s" : null));
        Assert.Equal("/run/user/5/bus", BusAddress.OfUser(static name => name == "XDG_RUNTIME_DIR" ? "/run/user/5" : null));
        Assert.Equal("/u", BusAddress.OfUser(static name => name == "DBUS_SESSION_BUS_ADDRESS" ? "unix:path=/u" : "/run/user/5"));
    }

    [Fact]
    public void Without_any_the_remedy_is_told()
    {
        Assert.Contains("loginctl", Assert.Throws<MiniRunException>(() => BusAddress.OfUser(static _ => null)).Message, StringComparison.Ordinal);
        Assert.Contains("cgroupfs", Assert.Throws<MiniRunException>(() => BusAddress.OfSystem(static _ => "tcp:host=x")).Message, StringComparison.Ordinal);
    }
}

using MiniRun.Linux.Netlink;

namespace MiniRun.Linux.Tests.Netlink;

public class RouteMessageTests
{
    [Fact]
    public void A_link_request_has_the_kernels_layout()
    {
        byte[] bytes = RouteMessage.Link(16, 5, index: 7, flags: 1, change: 1).With(3, "e0").With(28, 9).Finish();

        Assert.Equal(
            Convert.FromHexString("30000000" + "1000" + "0500" + "01000000" + "00000000" + "00000000" + "07000000" + "01000000" + "01000000" + "0700" + "0300" + "65300000" + "0800" + "1c00" + "09000000"),
            bytes);
    }

    [Fact]
    public void An_attribute_that_leads_out_of_its_message_ends_it()
    {
        RouteAttributes attributes = new([5, 0, 1, 0, 42, 0, 0, 0, 200, 0, 2, 0]);

        Assert.True(attributes.Next());
        Assert.Equal((1, 42), (attributes.Type, attributes.Value[0]));
        Assert.False(attributes.Next());
    }

    [Fact]
    public void The_loopback_is_found_and_a_missing_device_is_not()
    {
        using RouteSocket socket = RouteSocket.Open();

        Assert.Equal("lo", NetworkLinks.TryFind(socket, "lo")?.Name);
        Assert.Null(NetworkLinks.TryFind(socket, "no-such-device"));
        Assert.Contains(NetworkLinks.All(socket), link => link.Name == "lo");
    }
}

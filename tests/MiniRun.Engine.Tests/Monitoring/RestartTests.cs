using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class RestartTests
{
    [Fact]
    public void Waiting_doubles_up_to_a_minute_and_starts_anew_after_a_good_run()
    {
        var delay = new RestartDelay();
        int[] delays = [.. Enumerable.Range(0, 11).Select(_ => delay.Next(50))];
        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000], delays);
        Assert.Equal(100, delay.Next(10_000));
        Assert.Equal(200, delay.Next(9_999));
    }

    [Theory]
    [InlineData("no", 1, 0, false)]
    [InlineData("on-failure", 0, 0, false)]
    [InlineData("on-failure", 1, 100, true)]
    [InlineData("on-failure:2", 1, 1, true)]
    [InlineData("on-failure:2", 1, 2, false)]
    [InlineData("always", 0, 9, true)]
    [InlineData("unless-stopped", 137, 9, true)]
    public void A_policy_decides_by_status_and_count(string policy, int status, int restarts, bool wanted)
    {
        var parsed = RestartPolicy.Parse(policy, "--restart");
        Assert.Equal(wanted, parsed.Wants(status, restarts));
        Assert.Equal(policy, parsed.ToString());
    }
}

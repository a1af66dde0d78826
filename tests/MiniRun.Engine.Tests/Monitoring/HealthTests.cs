using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Monitoring;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class HealthTests
{
    private static readonly ImageConfig s_image = new() { Healthcheck = new Healthcheck { Test = ["CMD", "check", "-v"], Interval = 7_000_000_000, Retries = 2 } };

    [Fact]
    public void The_image_says_what_the_options_leave_open()
    {
        HealthPlan plan = HealthPlan.Of(new HealthChoices { Timeout = 1_000_000 }, s_image)!;
        Assert.Equal(["check", "-v"], plan.Command);
        Assert.Equal((7000, 1, 0, 5000, 2), (plan.Interval, plan.Timeout, plan.StartPeriod, plan.StartInterval, plan.Retries));
    }

    [Fact]
    public void Zero_leaves_it_to_the_image_in_the_plan_and_in_what_is_shown_of_it()
    {
        HealthChoices zeros = new() { Interval = 0, Retries = 0 };
        HealthPlan plan = HealthPlan.Of(zeros, s_image)!;
        Healthcheck shown = MergedConfig.Healthcheck(zeros, s_image)!;
        Assert.Equal((7000, 2), (plan.Interval, plan.Retries));
        Assert.Equal((7_000_000_000, 2), (shown.Interval, shown.Retries));
    }

    [Fact]
    public void An_options_command_is_for_the_images_shell()
    {
        Assert.Equal(["/bin/sh", "-c", "true"], HealthPlan.Of(new HealthChoices { Command = "true" }, new ImageConfig())!.Command);
        Assert.Equal(["/bin/bash", "-c", "true"], HealthPlan.Of(new HealthChoices { Command = "true" }, new ImageConfig { Shell = ["/bin/bash", "-c"] })!.Command);
    }

    [Fact]
    public void Without_a_command_nothing_is_asked()
    {
        Assert.Null(HealthPlan.Of(new HealthChoices { Interval = 1_000_000 }, new ImageConfig()));
        Assert.Null(HealthPlan.Of(new HealthChoices { None = true }, s_image));
        Assert.Null(HealthPlan.Of(new HealthChoices(), new ImageConfig { Healthcheck = new Healthcheck { Test = ["NONE"] } }));
    }

    [Fact]
    public void Failures_in_a_row_make_a_container_unhealthy_and_a_success_heals_it()
    {
        ContainerHealth health = new();
        health = health.After(Result(1), 3, starting: true);
        Assert.Equal(("starting", 0), (health.Status, health.FailingStreak)); // the start period forgives
        health = health.After(Result(0), 3, starting: true);
        Assert.Equal("healthy", health.Status);
        health = health.After(Result(1), 3, starting: true);
        health = health.After(Result(-1), 3, starting: false);
        Assert.Equal(("healthy", 2), (health.Status, health.FailingStreak));
        health = health.After(Result(1), 3, starting: false);
        Assert.Equal(("unhealthy", 3), (health.Status, health.FailingStreak));
        health = health.After(Result(0), 3, starting: false);
        Assert.Equal(("healthy", 0), (health.Status, health.FailingStreak));
        Assert.Equal(ContainerHealth.MostResults, health.Log.Count); // six were made
    }

    private static HealthResult Result(int code) => new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, code, "");
}

using System.Text.Json;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Runtime.Tests.Plan;

public class PlanPrinterTests
{
    private static readonly LaunchPlan s_plan = GoldenConfigurations.All["read-only-tmpfs"]();

    [Fact]
    public void The_option_that_asked_for_a_step_is_printed_and_the_exact_entry_wins()
    {
        Dictionary<string, string> options = new() { ["mounts"] = "default", ["mounts[7]"] = "--tmpfs", ["root.readonly"] = "--read-only" };

        string text = PlanPrinter.ToText(s_plan, options);

        Assert.Contains("from  mounts[7] (--tmpfs); needs CAP_SYS_ADMIN", text);
        Assert.Contains("from  mounts[0] (default)", text);
        Assert.Contains("from  root.readonly (--read-only)", text);
    }

    [Fact]
    public void Text_is_readable_at_100_columns() =>
        Assert.All(PlanPrinter.ToText(s_plan).Split('\n').Where(line => line.TrimStart().Contains(' ', StringComparison.Ordinal)), line => Assert.True(line.Length <= 100, line));

    [Fact]
    public void Json_has_every_step_with_its_number_call_and_reason()
    {
        using MemoryStream stream = new();
        PlanJson.Write(stream, s_plan);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());

        JsonElement.ArrayEnumerator steps = document.RootElement.GetProperty("steps").EnumerateArray();
        Assert.Equal(s_plan.Steps.Count, steps.Count());
        Assert.All(steps, step =>
        {
            Assert.NotEmpty(step.GetProperty("call").GetString()!);
            Assert.NotEmpty(step.GetProperty("why").GetString()!);
        });
        Assert.Equal(1000, document.RootElement.GetProperty("expected").GetProperty("uid").GetInt32());
    }

    [Fact]
    public void A_trace_line_has_number_call_result_and_microseconds()
    {
        int index = s_plan.Steps.Select(step => step.Kind).ToList().IndexOf(StepKind.NewSession);

        string line = TracePrinter.Line(s_plan, index, 1, TimeSpan.FromMicroseconds(12.3));

        Assert.Matches(@"^ +\d+  setsid\(\) +EPERM +12\.3 µs$", line);
    }

    [Fact]
    public void Control_characters_cannot_reach_the_terminal()
    {
        LaunchPlan plan = Plans.Build(Plans.OciSpec with { Hostname = "\u001b[2Jx" });

        Assert.DoesNotContain('\u001b', PlanPrinter.ToText(plan));
    }

    [Fact]
    public void A_cgroup_counts_with_those_controllers_that_the_host_has()
    {
        LaunchRequest request = Plans.Request(Plans.OciSpec) with { Counting = ["memory", "io", "pids"] };
        HostFacts host = Plans.RootHost with { Cgroup = new CgroupFacts("/sys/fs/cgroup") { Controllers = ["cpu", "memory", "pids"] } };
        Assert.Contains("mkdir(\"/sys/fs/cgroup/box\"), counting memory pids\n", PlanPrinter.ToText(LaunchPlanBuilder.Build(request, host)), StringComparison.Ordinal);
        Assert.DoesNotContain("counting", PlanPrinter.ToText(LaunchPlanBuilder.Build(request, Plans.RootHost)), StringComparison.Ordinal);
    }
}

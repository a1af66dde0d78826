using System.Runtime.CompilerServices;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Printing;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>Whole plans as text. After a wanted change: MINIRUN_UPDATE_GOLDEN=1 dotnet test, then read the difference.</summary>
public class GoldenPlanTests
{
    public static TheoryData<string> Names => [.. GoldenConfigurations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_configurations_plan_is_the_one_that_was_agreed_on(string name)
    {
        string text = PlanPrinter.ToText(GoldenConfigurations.All[name]());
        string file = Path.Combine(Folder(), name + ".txt");
        if (Environment.GetEnvironmentVariable("MINIRUN_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_configuration() => Assert.Equal(
        GoldenConfigurations.All.Keys.Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder(), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Building_twice_gives_the_same_bytes(string name)
    {
        Func<LaunchPlan> build = GoldenConfigurations.All[name];
        EncodeOptions options = new() { BuildId = new byte[16], SeccompFilter = new byte[8] };

        Assert.Equal(PlanEncoder.Encode(build(), options).Bytes, PlanEncoder.Encode(build(), options).Bytes);
        Assert.Equal(PlanPrinter.ToText(build()), PlanPrinter.ToText(build()));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}

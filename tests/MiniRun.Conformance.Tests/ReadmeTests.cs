using System.Reflection;

namespace MiniRun.Conformance.Tests;

/// <summary>The table of README.md is made from the tests and KnownDeviations: it says what they say.</summary>
public sealed class ReadmeTests
{
    private static readonly MethodInfo[] Tests =
        [.. typeof(ReadmeTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(MustAttribute)))];

    [Fact]
    public void The_table_is_that_of_the_tests()
    {
        string repository = Repository();
        string[] expected = [.. Rows().Order(StringComparer.Ordinal).Prepend("|---|---|---|---|---|---|").Prepend("| section | MUST | test | minirun-oci | runc | crun |")];
        string[] seen = [.. File.ReadLines(Path.Combine(repository, "tests/MiniRun.Conformance.Tests/README.md")).SkipWhile(line => line != expected[0]).TakeWhile(line => line.StartsWith('|'))];
        if (!expected.SequenceEqual(seen))
        {
            string copy = Path.Combine(repository, "artifacts/conformance.md");
            File.WriteAllLines(copy, expected);
            Assert.Fail($"README.md has another table than {copy}, which is made from the tests: copy it there");
        }
    }

    [Fact]
    public void Every_known_deviation_is_of_a_test_and_its_values()
    {
        foreach (KnownDeviation known in KnownDeviations.All)
        {
            MethodInfo test = Assert.Single(Tests, method => method.Name == known.Test);
            Assert.Empty(known.Values.Except(test.GetCustomAttribute<EachRuntimeAttribute>()!.ValuesOf(test)));
        }
    }

    private static IEnumerable<string> Rows() =>
        from test in Tests
        from must in test.GetCustomAttributes<MustAttribute>()
        select $"| {must.Section} | {must.Sentence} | {test.DeclaringType!.Name}.{test.Name} | {string.Join(" | ", OciRuntime.Names.Select(name => Verdict(name, test)))} |";

    private static string Verdict(string runtime, MethodInfo test)
    {
        string[] deviations = [.. KnownDeviations.All.Where(known => known.Runtime == runtime && known.Test == test.Name).Select(Text)];
        return deviations.Length == 0 ? "passes" : $"deviates: {string.Join("; ", deviations)}";
    }

    private static string Text(KnownDeviation known) =>
        known.Values.Length == 0 ? known.Instead : $"{known.Instead} ({string.Join(", ", known.Values.Select(value => $"`{value}`"))})";

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MiniRun.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

using System.Reflection;
using Xunit.Sdk;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>
/// One run of a theory for every runtime or, where there are values, for every runtime and value. Values can be the keys of
/// a table, which a static property of the test's class holds.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachRuntimeAttribute(params string[] values) : DataAttribute
{
    public IReadOnlyList<string> Values => values;

    public string Table { get; init; } = "";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        IReadOnlyList<string> all = ValuesOf(testMethod);
        return all.Count == 0
            ? OciRuntime.Names.Select(name => new object[] { name })
            : OciRuntime.Names.SelectMany(name => all.Select(value => new object[] { name, value }));
    }

    /// <summary>What the theory is run for; nothing where it has no second argument.</summary>
    public IReadOnlyList<string> ValuesOf(MethodInfo testMethod) =>
        Table.Length == 0 ? values : ((IEnumerable<string>)testMethod.DeclaringType!.GetProperty(Table)!.GetValue(null)!).ToArray();
}

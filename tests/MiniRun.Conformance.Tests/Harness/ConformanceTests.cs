namespace MiniRun.Conformance.Tests.Harness;

/// <summary>The one collection of all conformance tests: they share a host and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ConformanceTests : ICollectionFixture<ContainerHost>, ICollectionFixture<PureCgroups>
{
    public const string Name = "conformance";
}

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace MiniRun.Integration.Tests.Harness;

/// <summary>The one collection of all container tests: they share a host and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ContainerTests : ICollectionFixture<ContainerHost>
{
    public const string Name = "containers";
}

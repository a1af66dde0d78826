namespace MiniRun.Attack.Tests.Harness;

/// <summary>The one collection of all attacks: they share a host and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AttackTests : ICollectionFixture<ContainerHost>
{
    public const string Name = "attacks";
}

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>What a runtime is known to do instead of what the specification says.</summary>
/// <param name="Instead">What it does, for a reader.</param>
/// <param name="Seen">The same as the test's failure says it.</param>
/// <param name="Values">The theory's values it is true for; none for all.</param>
public sealed record KnownDeviation(string Runtime, string Test, string Instead, string Seen, params string[] Values)
{
    /// <summary>How `create` fails to be an error.</summary>
    public const string Created = "a container is created";
}

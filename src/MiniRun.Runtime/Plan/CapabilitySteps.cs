namespace MiniRun.Runtime.Plan;

/// <summary>The five capability sets.</summary>
internal static class CapabilitySteps
{
    public static void Bounding(List<LaunchStep> steps, CapabilitySets sets) => steps.Add(new LaunchStep(StepKind.BoundingSet)
    {
        Argument0 = sets.Bounding.Bits,
        Source = "process.capabilities.bounding",
    });

    public static void Add(List<LaunchStep> steps, CapabilitySets sets) => steps.Add(new LaunchStep(StepKind.Capabilities)
    {
        Argument0 = sets.Effective.Bits,
        Argument1 = sets.Permitted.Bits,
        Argument2 = sets.Inheritable.Bits,
        Argument3 = sets.Ambient.Bits,
        Source = "process.capabilities",
    });
}

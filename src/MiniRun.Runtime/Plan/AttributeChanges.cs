using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Plan;

/// <summary>Joining changes of a mount's attributes.</summary>
internal static class AttributeChanges
{
    /// <summary>The first change, then the second, which wins.</summary>
    public static AttributeChange Then(this AttributeChange first, AttributeChange second) =>
        first.With(new MountOption(MountOptionKind.Attribute) { Set = second.Set, Clear = second.Clear });
}

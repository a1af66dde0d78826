namespace MiniRun.Runtime.Spec;

/// <summary>A device rule; a null Major or Minor is any, Type is a, b or c. The last rule that matches decides.</summary>
public sealed record DeviceRuleSpec(bool Allow, char Type, long? Major, long? Minor, string Access);

using System.Runtime.CompilerServices;

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>The id of one build: launcher and init carry the same and refuse each other otherwise.</summary>
[InlineArray(PlanFormat.BuildIdSize)]
public struct BuildId
{
    private byte _first;
}

using System.Runtime.CompilerServices;

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>The detail of a failure: "call\0object".</summary>
[InlineArray(Size)]
public struct MessageDetail
{
    public const int Size = 480;

    private byte _first;
}

using System.Runtime.InteropServices;

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>struct plan_header</c> of plan.h.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PlanHeader
{
    public uint Magic;
    public ushort Version;
    public ushort Flags;
    public BuildId BuildId;
    public uint TotalSize;
    public uint StepCount;
    public uint TextSize;
    public uint BlobSize;
    public uint SlotCount;
    public uint Inherited;
    public uint Preserved;
    public uint Fault;
}

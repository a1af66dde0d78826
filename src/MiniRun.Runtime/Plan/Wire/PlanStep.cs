using System.Runtime.InteropServices;

namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>struct plan_step</c> of plan.h.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PlanStep
{
    public ushort Kind;
    public ushort Flags;
    public short A;
    public short B;
    public short C;
    public short Reserved;
    public uint Text0;
    public uint Text1;
    public uint Text2;
    public uint BlobOffset;
    public uint BlobSize;
    public ulong Argument0;
    public ulong Argument1;
    public ulong Argument2;
    public ulong Argument3;
}

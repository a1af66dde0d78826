using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>Reads encoded plans as minirun-init does, for comparing with what was encoded.</summary>
internal static class PlanDecoder
{
    public static PlanHeader Header(byte[] bytes) => MemoryMarshal.Read<PlanHeader>(bytes);

    public static List<LaunchStep> Steps(byte[] bytes)
    {
        PlanHeader header = Header(bytes);
        int stepsStart = Marshal.SizeOf<PlanHeader>();
        int textStart = stepsStart + ((int)header.StepCount * Marshal.SizeOf<PlanStep>());
        ReadOnlySpan<byte> texts = bytes.AsSpan(textStart, (int)header.TextSize);
        ReadOnlySpan<byte> blobs = bytes.AsSpan(textStart + (int)header.TextSize, (int)header.BlobSize);
        List<LaunchStep> steps = [];
        foreach (PlanStep wire in MemoryMarshal.Cast<byte, PlanStep>(bytes.AsSpan(stepsStart, textStart - stepsStart)))
        {
            steps.Add(new LaunchStep((StepKind)wire.Kind)
            {
                A = wire.A,
                B = wire.B,
                C = wire.C,
                Flags = wire.Flags,
                Text0 = Text(texts, wire.Text0),
                Text1 = Text(texts, wire.Text1),
                Text2 = Text(texts, wire.Text2),
                Blob = blobs.Slice((int)wire.BlobOffset, (int)wire.BlobSize).ToArray(),
                Argument0 = wire.Argument0,
                Argument1 = wire.Argument1,
                Argument2 = wire.Argument2,
                Argument3 = wire.Argument3,
                Source = "",
            });
        }

        return steps;
    }

    private static string Text(ReadOnlySpan<byte> texts, uint offset)
    {
        ReadOnlySpan<byte> rest = texts[(int)offset..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}

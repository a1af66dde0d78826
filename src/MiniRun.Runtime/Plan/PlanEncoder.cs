using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Linux;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Plan;

/// <summary>Turns a plan into the bytes of native-shims/init/plan.h: header, steps, texts, blobs. The launcher's own steps are left out.</summary>
public static class PlanEncoder
{
    private const int HeaderSize = 56;
    private const int StepSize = 64;

    /// <summary>Encodes a plan.</summary>
    /// <exception cref="MiniRunException">The plan is larger than init accepts, or a text holds a NUL.</exception>
    public static EncodedPlan Encode(LaunchPlan plan, EncodeOptions options)
    {
        int[] indexes = InitSteps(plan);
        CheckBounds(plan, indexes.Length, options);
        Layout layout = Measure(plan, indexes, options);
        byte[] bytes = new byte[layout.Total];
        WriteHeader(bytes, plan, options, indexes.Length, layout);
        WriteSteps(bytes, plan, options, indexes, layout);
        return new EncodedPlan(bytes, indexes);
    }

    private static int[] InitSteps(LaunchPlan plan)
    {
        int count = 0;
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            count += plan.Steps[i].IsLaunchers ? 0 : 1;
        }

        int[] indexes = new int[count];
        for (int i = 0, next = 0; i < plan.Steps.Count; i++)
        {
            if (!plan.Steps[i].IsLaunchers)
            {
                indexes[next++] = i;
            }
        }

        return indexes;
    }

    private static void CheckBounds(LaunchPlan plan, int steps, EncodeOptions options)
    {
        if (options.BuildId.Length != PlanFormat.BuildIdSize)
        {
            throw new ArgumentException("a build id has 16 bytes", nameof(options));
        }

        if (steps > PlanFormat.MaxSteps)
        {
            throw new MiniRunException($"launch plan: {steps} steps, minirun-init takes at most {PlanFormat.MaxSteps}: give fewer mounts, devices, paths or sysctls");
        }

        if (plan.SlotCount > PlanFormat.MaxSlots)
        {
            throw new MiniRunException($"launch plan: {plan.SlotCount} descriptors, minirun-init takes at most {PlanFormat.MaxSlots}: give fewer mounts or devices");
        }
    }

    private static ReadOnlySpan<byte> BlobOf(LaunchStep step, EncodeOptions options) =>
        step.Kind == StepKind.Seccomp ? options.SeccompFilter.Span : step.Blob.Span;

    private static Layout Measure(LaunchPlan plan, int[] indexes, EncodeOptions options)
    {
        long texts = 1; // offset 0 is the empty text
        long blobs = 0;
        foreach (int index in indexes)
        {
            LaunchStep step = plan.Steps[index];
            texts += SizeOf(step.Text0) + SizeOf(step.Text1) + SizeOf(step.Text2);
            blobs = Aligned(blobs) + BlobOf(step, options).Length;
        }

        texts = Aligned(texts);
        long total = HeaderSize + ((long)StepSize * indexes.Length) + texts + blobs;
        if (total > PlanFormat.MaxSize)
        {
            throw new MiniRunException($"launch plan: {total} bytes, minirun-init takes at most {PlanFormat.MaxSize}: shorten arguments, environment or paths");
        }

        int textStart = HeaderSize + (StepSize * indexes.Length);
        return new Layout(textStart, textStart + (int)texts, (int)total);
    }

    // Blobs hold struct sock_filter[] and uint32_t[]: init reads them in place, so they are aligned.
    private static long Aligned(long size) => (size + 7) & ~7L;

    private static int SizeOf(string text) => text.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(text) + 1;

    private static void WriteHeader(byte[] bytes, LaunchPlan plan, EncodeOptions options, int steps, Layout layout)
    {
        PlanHeader header = new()
        {
            Magic = PlanFormat.Magic,
            Version = PlanFormat.Version,
            Flags = options.Trace ? PlanFormat.FlagTrace : (ushort)0,
            TotalSize = (uint)layout.Total,
            StepCount = (uint)steps,
            TextSize = (uint)(layout.BlobStart - layout.TextStart),
            BlobSize = (uint)(layout.Total - layout.BlobStart),
            SlotCount = (uint)plan.SlotCount,
            Inherited = (uint)plan.InheritedSlots,
            Preserved = (uint)plan.PreservedDescriptors,
#if MINIRUN_FAULTS
            Fault = options.Fault,
#endif
        };
#if MINIRUN_FAULTS
        header.Flags |= options.Weaknesses;
#endif
        options.BuildId.Span.CopyTo(header.BuildId);
        MemoryMarshal.Write(bytes, header);
    }

    private static void WriteSteps(byte[] bytes, LaunchPlan plan, EncodeOptions options, int[] indexes, Layout layout)
    {
        Span<byte> texts = bytes.AsSpan(layout.TextStart, layout.BlobStart - layout.TextStart);
        Span<byte> blobs = bytes.AsSpan(layout.BlobStart);
        int textEnd = 1;
        int blobEnd = 0;
        for (int i = 0; i < indexes.Length; i++)
        {
            LaunchStep step = plan.Steps[indexes[i]];
            ReadOnlySpan<byte> blob = BlobOf(step, options);
            blobEnd = blob.IsEmpty ? blobEnd : (int)Aligned(blobEnd);
            blob.CopyTo(blobs[blobEnd..]);
            PlanStep wire = new()
            {
                Kind = (ushort)step.Kind,
                Flags = step.Flags,
                A = step.A,
                B = step.B,
                C = step.C,
                Text0 = WriteText(texts, step.Text0, ref textEnd),
                Text1 = WriteText(texts, step.Text1, ref textEnd),
                Text2 = WriteText(texts, step.Text2, ref textEnd),
                BlobOffset = blob.IsEmpty ? 0 : (uint)blobEnd,
                BlobSize = (uint)blob.Length,
                Argument0 = step.Argument0,
                Argument1 = step.Argument1,
                Argument2 = step.Argument2,
                Argument3 = step.Argument3,
            };
            MemoryMarshal.Write(bytes.AsSpan(HeaderSize + (StepSize * i)), wire);
            blobEnd += blob.Length;
        }
    }

    private static uint WriteText(Span<byte> texts, string text, ref int end)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new MiniRunException($"launch plan: '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL byte: the kernel's texts end there; remove it");
        }

        int start = end;
        end += Encoding.UTF8.GetBytes(text, texts[end..]) + 1;
        return (uint)start;
    }

    private readonly record struct Layout(int TextStart, int BlobStart, int Total);
}

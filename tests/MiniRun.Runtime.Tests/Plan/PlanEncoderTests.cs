using System.Runtime.InteropServices;
using MiniRun.Linux;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

public class PlanEncoderTests
{
    private static readonly byte[] s_filter = [0x06, 0, 0, 0, 0, 0, 0xff, 0x7f];

    private static readonly EncodeOptions s_options = new() { BuildId = Enumerable.Range(1, 16).Select(i => (byte)i).ToArray(), SeccompFilter = s_filter };

    public static TheoryData<string> Names => [.. GoldenConfigurations.All.Keys];

    [Fact]
    public void The_mirrored_structs_have_the_headers_sizes()
    {
        Assert.Equal(56, Marshal.SizeOf<PlanHeader>());
        Assert.Equal(64, Marshal.SizeOf<PlanStep>());
        Assert.Equal(512, Marshal.SizeOf<Message>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_init_reads_is_what_was_planned(string name)
    {
        LaunchPlan plan = GoldenConfigurations.All[name]();
        EncodedPlan encoded = PlanEncoder.Encode(plan, s_options);
        List<LaunchStep> decoded = PlanDecoder.Steps(encoded.Bytes);

        Assert.Equal(plan.Steps.Count(step => !step.IsLaunchers), decoded.Count);
        for (int i = 0; i < decoded.Count; i++)
        {
            LaunchStep planned = plan.Steps[encoded.StepIndexes[i]];
            byte[] blob = planned.Kind == StepKind.Seccomp ? s_filter : planned.Blob.ToArray();
            Assert.Equal(blob, decoded[i].Blob.ToArray());
            Assert.Equal(planned with { Blob = default, Source = "", SourceIndex = -1 }, decoded[i] with { Blob = default });
        }
    }

    [Fact]
    public void The_header_tells_sizes_slots_and_the_build()
    {
        LaunchPlan plan = LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec) with { PreservedDescriptors = 3 }, Plans.RootHost);
        byte[] bytes = PlanEncoder.Encode(plan, s_options with { Trace = true }).Bytes;
        PlanHeader header = PlanDecoder.Header(bytes);

        Assert.Equal((PlanFormat.Magic, PlanFormat.Version, PlanFormat.FlagTrace), (header.Magic, header.Version, header.Flags));
        Assert.Equal(s_options.BuildId.ToArray(), ((ReadOnlySpan<byte>)header.BuildId).ToArray());
        Assert.Equal((uint)bytes.Length, header.TotalSize);
        Assert.Equal((uint)bytes.Length, 56 + (64 * header.StepCount) + header.TextSize + header.BlobSize);
        Assert.Equal(((uint)plan.SlotCount, (uint)plan.InheritedSlots, 3u), (header.SlotCount, header.Inherited, header.Preserved));
        Assert.Equal(0u, header.Fault);
    }

    [Fact]
    public void A_plan_that_is_too_large_is_refused_before_init_sees_it()
    {
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithProcess(process => process with { Env = [new string('x', PlanFormat.MaxSize)] }));

        MiniRunException failure = Assert.Throws<MiniRunException>(() => PlanEncoder.Encode(plan, s_options));
        Assert.Contains("at most 16777216", failure.Message);
    }

    [Fact]
    public void More_steps_than_init_takes_are_refused()
    {
        string[] paths = [.. Enumerable.Range(0, PlanFormat.MaxSteps).Select(i => $"/proc/{i}")];
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithLinux(linux => linux with { ReadonlyPaths = paths }));

        Assert.Contains("steps", Assert.Throws<MiniRunException>(() => PlanEncoder.Encode(plan, s_options)).Message);
    }

    [Fact]
    public void More_descriptors_than_init_has_slots_are_refused()
    {
        LaunchPlan plan = LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec) with { PreservedDescriptors = PlanFormat.MaxSlots }, Plans.RootHost);

        Assert.Contains("descriptors", Assert.Throws<MiniRunException>(() => PlanEncoder.Encode(plan, s_options)).Message);
    }

    [Theory]
    [InlineData("arg")]
    [InlineData("host")]
    public void A_text_with_a_NUL_is_refused_rather_than_cut(string where)
    {
        RuntimeSpec spec = where == "arg"
            ? Plans.OciSpec.WithProcess(process => process with { Args = ["sh", "a\0b"] })
            : Plans.OciSpec with { Hostname = "a\0b" };

        Assert.Contains("NUL", Assert.Throws<MiniRunException>(() => PlanEncoder.Encode(Plans.Build(spec), s_options)).Message);
    }

    [Fact]
    public void Sixty_four_kibibytes_and_more_of_arguments_arrive_whole()
    {
        string[] arguments = ["sh", .. Enumerable.Range(0, 5000).Select(i => $"argument number {i} — ünïcode")];
        LaunchPlan plan = Plans.Build(Plans.OciSpec.WithProcess(process => process with { Args = arguments }));

        LaunchStep execute = PlanDecoder.Steps(PlanEncoder.Encode(plan, s_options).Bytes)[^1];

        Assert.Equal(plan.Steps[^1].Blob.ToArray(), execute.Blob.ToArray());
        Assert.Equal(5001ul, execute.Argument0);
    }

    [Fact]
    public void Blobs_start_where_their_contents_may_be_read_in_place()
    {
        byte[] bytes = PlanEncoder.Encode(GoldenConfigurations.All["docker-default"](), s_options).Bytes;
        PlanHeader header = PlanDecoder.Header(bytes);

        Assert.Equal(0u, header.TextSize % 8);
        Assert.All(MemoryMarshal.Cast<byte, PlanStep>(bytes.AsSpan(56, 64 * (int)header.StepCount)).ToArray(), step => Assert.Equal(0u, step.BlobOffset % 8));
    }
}

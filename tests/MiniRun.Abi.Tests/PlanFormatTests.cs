using System.Text.RegularExpressions;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Abi.Tests;

/// <summary>native-shims/init/plan.h against src/MiniRun.Runtime/Plan: nothing in either that the other lacks.</summary>
public partial class PlanFormatTests
{
    private static readonly Dictionary<string, string> s_formatNames = new()
    {
        [nameof(PlanFormat.ChannelDescriptor)] = "FD_CHANNEL",
        [nameof(PlanFormat.PlanDescriptor)] = "FD_PLAN",
        [nameof(PlanFormat.FirstSlotDescriptor)] = "FD_FIRST_SLOT",
        [nameof(PlanFormat.FlagTrace)] = "PLAN_FLAG_TRACE",
    };

    /// <summary>What only C needs: where its table of handlers ends.</summary>
    private static readonly string[] s_onlyInC = ["STEP_KIND_COUNT"];

    [Fact]
    public void Every_constant_and_enumerator_has_one_value_in_both_languages()
    {
        CProgram program = new(Repository.PlanHeader);
        Dictionary<string, long> ours = Constants();
        foreach (string name in ours.Keys)
        {
            program.Print(name, name);
        }

        Assert.Equal(ours, program.Run());
    }

    [Fact]
    public void Nothing_of_the_header_is_missing_in_csharp()
    {
        IEnumerable<string> inHeader = Defined().Matches(File.ReadAllText(Repository.PlanHeader)).Select(m => m.Groups["name"].Value);
        Assert.True(inHeader.Count() > 70);
        Assert.Equal([], inHeader.Except(Constants().Keys).Except(s_onlyInC));
    }

    [Fact]
    public void The_plans_structures_have_one_layout_in_both_languages()
    {
        StructureComparison comparison = new(Repository.PlanHeader);
        comparison.Add(typeof(PlanHeader), "struct plan_header", CName.Member);
        comparison.Add(typeof(PlanStep), "struct plan_step", CName.Member);
        comparison.Add(typeof(Message), "struct message", CName.Member);
        comparison.AssertEqual();
        Assert.Equal(InitImage.BuildIdSize, PlanFormat.BuildIdSize);
    }

    private static Dictionary<string, long> Constants()
    {
        Dictionary<string, long> constants = new() { ["MESSAGE_DETAIL_SIZE"] = MessageDetail.Size };
        foreach (System.Reflection.FieldInfo field in typeof(PlanFormat).GetFields().Where(f => f.IsLiteral))
        {
            constants[s_formatNames.GetValueOrDefault(field.Name, "PLAN_" + CName.Constant(field.Name))] = Convert.ToInt64(field.GetRawConstantValue());
        }

        Add<StepKind>(constants, "STEP_", kind => kind < StepKind.HostTree);
        Add<Await>(constants, "AWAIT_", _ => true);
        Add<Send>(constants, "SEND_", _ => true);
        Add<MessageType>(constants, "MESSAGE_", _ => true);
        Add<Cause>(constants, "CAUSE_", _ => true);
        Add<AttachFlags>(constants, "ATTACH_", flag => flag != AttachFlags.None);
        Add<IdentityFlags>(constants, "IDENTITY_", flag => flag != IdentityFlags.None);
        return constants;
    }

    private static void Add<T>(Dictionary<string, long> constants, string prefix, Func<T, bool> isShared)
        where T : struct, Enum
    {
        foreach (T member in Enum.GetValues<T>().Where(isShared))
        {
            constants[prefix + CName.Constant(member.ToString())] = Convert.ToInt64(member);
        }
    }

    [GeneratedRegex(@"^(#define (?<name>[A-Z_]+) +[^ ]|\t(?<name>[A-Z_]+) = )", RegexOptions.Multiline)]
    private static partial Regex Defined();
}

namespace MiniRun.Linux.Cgroups;

/// <summary>
/// Turns device rules into a BPF_PROG_TYPE_CGROUP_DEVICE program: for each kind of access that is requested, the last
/// rule covering it decides, and what no rule covers is denied. crun and runc let one rule decide the whole request, so
/// that "allow rw, then deny w" still lets O_RDWR through; here every requested bit must be allowed.
/// </summary>
public static class DeviceProgram
{
    // Registers. The kernel calls the program with the context in r1 and takes r0 as the answer.
    private const int Answer = 0;
    private const int Context = 1;
    private const int Type = 2;
    private const int Access = 3;
    private const int Major = 4;
    private const int Minor = 5;

    // struct bpf_cgroup_dev_ctx: access_type (access << 16 | type), major, minor.
    private const short AccessTypeOffset = 0;
    private const short MajorOffset = 4;
    private const short MinorOffset = 8;

    private const int BPF_DEVCG_DEV_BLOCK = 1;
    private const int BPF_DEVCG_DEV_CHAR = 2;

    /// <summary>Compiles rules to the instructions' bytes.</summary>
    /// <exception cref="MiniRunException">A rule's type, number or access cannot be.</exception>
    public static byte[] Compile(IReadOnlyList<DeviceRule> rules)
    {
        BpfAssembler program = new();
        program.Load(Type, Context, AccessTypeOffset);
        program.Move(Access, Type);
        program.And(Type, 0xffff);
        program.ShiftRight(Access, 16);
        program.Load(Major, Context, MajorOffset);
        program.Load(Minor, Context, MinorOffset);
        for (int index = rules.Count - 1; index >= 0; index--)
        {
            Check(rules[index]);
            AppendRule(program, rules[index]);
            if (DecidesAll(rules[index]))
            {
                // Earlier rules cannot matter, and the verifier refuses instructions nothing reaches.
                return program.ToBytes();
            }
        }

        Return(program, allow: false);
        return program.ToBytes();
    }

    private static void AppendRule(BpfAssembler program, in DeviceRule rule)
    {
        List<int> toNextRule = [];
        if (rule.Type != 'a')
        {
            toNextRule.Add(program.JumpIfNotEqual(Type, rule.Type == 'b' ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR));
        }

        if (rule.Major is >= 0)
        {
            toNextRule.Add(program.JumpIfNotEqual(Major, (int)(uint)rule.Major.Value));
        }

        if (rule.Minor is >= 0)
        {
            toNextRule.Add(program.JumpIfNotEqual(Minor, (int)(uint)rule.Minor.Value));
        }

        if (rule.Access != DeviceAccess.All)
        {
            toNextRule.Add(rule.Allow ? AppendAllowed(program, rule.Access) : AppendDenied(program, rule.Access));
        }

        Return(program, rule.Allow);
        foreach (int jump in toNextRule)
        {
            program.LandHere(jump);
        }
    }

    /// <summary>Strikes what the rule allows from the request; other rules must allow the rest.</summary>
    private static int AppendAllowed(BpfAssembler program, DeviceAccess access)
    {
        program.And(Access, (int)(DeviceAccess.All & ~access));
        return program.JumpIfNotEqual(Access, 0);
    }

    /// <summary>Goes on only if the request holds nothing of what the rule denies.</summary>
    private static int AppendDenied(BpfAssembler program, DeviceAccess access)
    {
        int denied = program.JumpIfAnySet(Access, (int)access);
        int next = program.Jump();
        program.LandHere(denied);
        return next;
    }

    private static void Return(BpfAssembler program, bool allow)
    {
        program.Set(Answer, allow ? 1 : 0);
        program.Exit();
    }

    private static bool DecidesAll(in DeviceRule rule)
        => rule is { Type: 'a', Major: null or < 0, Minor: null or < 0, Access: DeviceAccess.All };

    private static void Check(in DeviceRule rule)
    {
        if (rule.Type is not ('a' or 'b' or 'c'))
        {
            throw new MiniRunException($"device rule type \"{rule.Type}\": it is a (all), b (block) or c (character)");
        }

        if (rule.Major > uint.MaxValue || rule.Minor > uint.MaxValue)
        {
            throw new MiniRunException($"device rule {rule.Type} {rule.Major}:{rule.Minor}: device numbers have 32 bits");
        }

        if (rule.Access is DeviceAccess.None or < 0 or > DeviceAccess.All)
        {
            throw new MiniRunException($"device rule {rule.Type} {rule.Major}:{rule.Minor} covers no access: it is made of r, w and m");
        }
    }
}

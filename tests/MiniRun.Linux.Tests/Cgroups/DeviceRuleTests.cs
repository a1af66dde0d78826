using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class DeviceRuleTests
{
    private const int Mknod = 1;
    private const int Read = 2;
    private const int Write = 4;

    private static readonly DeviceRule DenyAll = new(false, 'a', null, null, DeviceAccess.All);

    [Fact]
    public void What_no_rule_names_is_denied()
    {
        Assert.False(DeviceMachine.Allows(DeviceProgram.Compile([]), 'c', 1, 3, Read));
        Assert.False(DeviceMachine.Allows(DeviceProgram.Compile([DenyAll]), 'c', 1, 3, Read));
    }

    [Fact]
    public void A_rule_allows_its_device_and_no_other()
    {
        byte[] program = DeviceProgram.Compile([DenyAll, new(true, 'c', 1, 3, DeviceAccess.Read | DeviceAccess.Write)]);
        Assert.True(DeviceMachine.Allows(program, 'c', 1, 3, Read));
        Assert.True(DeviceMachine.Allows(program, 'c', 1, 3, Read | Write));
        Assert.False(DeviceMachine.Allows(program, 'c', 1, 3, Read | Mknod));
        Assert.False(DeviceMachine.Allows(program, 'b', 1, 3, Read));
        Assert.False(DeviceMachine.Allows(program, 'c', 1, 5, Read));
        Assert.False(DeviceMachine.Allows(program, 'c', 2, 3, Read));
    }

    [Fact]
    public void Null_and_negative_numbers_are_any()
    {
        byte[] program = DeviceProgram.Compile([DenyAll, new(true, 'c', 136, null, DeviceAccess.All), new(true, 'b', -1, 7, DeviceAccess.Mknod)]);
        Assert.True(DeviceMachine.Allows(program, 'c', 136, 99, Read));
        Assert.True(DeviceMachine.Allows(program, 'b', 5, 7, Mknod));
        Assert.False(DeviceMachine.Allows(program, 'b', 5, 8, Mknod));
    }

    [Fact]
    public void The_last_matching_rule_decides()
    {
        byte[] program = DeviceProgram.Compile([new(true, 'a', null, null, DeviceAccess.All), new(false, 'b', 8, 0, DeviceAccess.All)]);
        Assert.True(DeviceMachine.Allows(program, 'c', 1, 3, Read | Write));
        Assert.False(DeviceMachine.Allows(program, 'b', 8, 0, Read));
        Assert.False(DeviceMachine.Allows(DeviceProgram.Compile([new(true, 'b', 8, 0, DeviceAccess.All), DenyAll]), 'b', 8, 0, Read));
    }

    [Fact]
    public void Denying_one_access_denies_every_request_that_holds_it()
    {
        byte[] program = DeviceProgram.Compile([DenyAll, new(true, 'b', 8, 0, DeviceAccess.All), new(false, 'b', 8, 0, DeviceAccess.Write)]);
        Assert.True(DeviceMachine.Allows(program, 'b', 8, 0, Read));
        Assert.False(DeviceMachine.Allows(program, 'b', 8, 0, Write));
        Assert.False(DeviceMachine.Allows(program, 'b', 8, 0, Read | Write));
    }

    [Fact]
    public void Rules_for_parts_of_an_access_add_up()
    {
        byte[] program = DeviceProgram.Compile([DenyAll, new(true, 'c', 5, 0, DeviceAccess.Read), new(true, 'c', 5, null, DeviceAccess.Write)]);
        Assert.True(DeviceMachine.Allows(program, 'c', 5, 0, Read | Write));
        Assert.False(DeviceMachine.Allows(program, 'c', 5, 0, Read | Write | Mknod));
        Assert.False(DeviceMachine.Allows(program, 'c', 5, 1, Read));
    }

    [Fact]
    public void Numbers_from_two_to_the_31_on_are_compared_whole()
    {
        byte[] program = DeviceProgram.Compile([DenyAll, new(true, 'c', 1, 0x80000001, DeviceAccess.All)]);
        Assert.True(DeviceMachine.Allows(program, 'c', 1, 0x80000001, Read));
        Assert.False(DeviceMachine.Allows(program, 'c', 1, 1, Read));
    }

    [Fact]
    public void Every_list_of_rules_decides_as_bit_by_bit_evaluation_does()
    {
        Random random = new(20261122);
        for (int round = 0; round < 300; round++)
        {
            DeviceRule[] rules = [.. Enumerable.Range(0, random.Next(8)).Select(_ => RandomRule(random))];
            byte[] program = DeviceProgram.Compile(rules);
            for (int probe = 0; probe < 50; probe++)
            {
                char type = random.Next(2) == 0 ? 'b' : 'c';
                uint major = (uint)random.Next(3);
                uint minor = (uint)random.Next(3);
                int access = random.Next(1, 8);
                Assert.Equal(Expected(rules, type, major, minor, access), DeviceMachine.Allows(program, type, major, minor, access));
            }
        }
    }

    [Fact]
    public void Rules_that_cannot_be_are_refused()
    {
        Assert.Throws<MiniRunException>(() => DeviceProgram.Compile([new(true, 'u', 1, 3, DeviceAccess.Read)]));
        Assert.Throws<MiniRunException>(() => DeviceProgram.Compile([new(true, 'c', 1L << 32, 3, DeviceAccess.Read)]));
        Assert.Throws<MiniRunException>(() => DeviceProgram.Compile([new(true, 'c', 1, 3, DeviceAccess.None)]));
        Assert.Throws<MiniRunException>(() => DeviceRule.ParseAccess("rwx"));
    }

    [Fact]
    public void Access_is_read_in_any_order_and_not_given_is_all()
    {
        Assert.Equal(DeviceAccess.Read | DeviceAccess.Mknod, DeviceRule.ParseAccess("mr"));
        Assert.Equal(DeviceAccess.All, DeviceRule.ParseAccess(""));
    }

    private static bool Expected(DeviceRule[] rules, char type, uint major, uint minor, int access)
    {
        foreach (int bit in new[] { Mknod, Read, Write })
        {
            if ((access & bit) != 0 && !rules.LastOrDefault(rule => Covers(rule, type, major, minor, bit)).Allow)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(DeviceRule rule, char type, uint major, uint minor, int bit)
        => (rule.Type == 'a' || rule.Type == type) && (rule.Major is null || rule.Major == major) && (rule.Minor is null || rule.Minor == minor) && ((int)rule.Access & bit) != 0;

    private static DeviceRule RandomRule(Random random)
        => new(random.Next(2) == 0, "abc"[random.Next(3)], random.Next(3) == 0 ? null : random.Next(3), random.Next(3) == 0 ? null : random.Next(3), (DeviceAccess)random.Next(1, 8));
}

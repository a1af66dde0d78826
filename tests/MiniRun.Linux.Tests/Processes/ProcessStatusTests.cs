using System.Text;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Processes;

public class ProcessStatusTests
{
    [Fact]
    public void Every_protection_is_read()
    {
        ProcessStatus status = ProcessStatus.Parse("""
            Name:	init
            Umask:	0022
            State:	S (sleeping)
            PPid:	77
            Uid:	1000	1001	1002	1003
            Gid:	2000	2001	2002	2003
            Groups:	5 10 4294967294 
            NSpid:	1234	1
            Threads:	3
            CapInh:	0000000000000001
            CapPrm:	00000000a80425fb
            CapEff:	00000000A80425FB
            CapBnd:	000001ffffffffff
            CapAmb:	8000000000000000
            NoNewPrivs:	1
            Seccomp:	2
            Seccomp_filters:	1
            """u8);
        Assert.Equal('S', status.State);
        Assert.Equal(77, status.ParentPid);
        Assert.Equal(new IdQuadruple(1000, 1001, 1002, 1003), status.Uid);
        Assert.Equal(new IdQuadruple(2000, 2001, 2002, 2003), status.Gid);
        Assert.Equal([5U, 10U, 4294967294U], status.Groups);
        Assert.Equal(1, status.InnermostPid);
        Assert.Equal(3, status.Threads);
        Assert.Equal((1UL, 0xa80425fbUL, 0xa80425fbUL, 0x1ffffffffffUL, 0x8000000000000000UL),
            (status.Inheritable, status.Permitted, status.Effective, status.Bounding, status.Ambient));
        Assert.True(status.NoNewPrivileges);
        Assert.Equal(2, status.Seccomp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n:\nUid\nGroups:\n")]
    [InlineData("Groups:\tx y z\nUid:\tone two\n")]
    public void Text_that_is_no_status_leaves_zeros_and_ends(string text)
    {
        ProcessStatus status = ProcessStatus.Parse(Encoding.ASCII.GetBytes(text));
        Assert.True(status.Uid.AllAre(0));
        Assert.False(status.NoNewPrivileges);
    }

    [Fact]
    public void This_process_reads_itself()
    {
        ProcessStatus status = ProcessStatus.ReadSelf();
        Assert.Equal(CurrentProcess.EffectiveUid, status.Uid.Effective);
        Assert.Equal(Environment.ProcessId, status.InnermostPid);
        Assert.True(status.Threads > 1);
    }
}

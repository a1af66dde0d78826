using System.Text;
using MiniRun.Linux.Cgroups;
using MiniRun.Oci.Output;
using MiniRun.Runtime;

namespace MiniRun.Oci.Tests;

public sealed class EventTextTests
{
    private static readonly ContainerId s_id = ContainerId.Parse("box");

    [Fact]
    public void An_oom_kill_is_one_line()
    {
        Assert.Equal("{\"type\":\"oom\",\"id\":\"box\"}\n", Encoding.UTF8.GetString(EventText.OomKill(s_id)));
    }

    [Fact]
    public void Statistics_have_runcs_names_and_leave_out_what_is_zero()
    {
        string text = Encoding.UTF8.GetString(EventText.Statistics(s_id, new CgroupStatistics
        {
            Cpu = CpuStatistics.Parse("usage_usec 30\nuser_usec 10\nsystem_usec 20\nnr_periods 2\n"),
            Memory = new MemoryStatistics { Usage = 5, Peak = 7, Limit = ulong.MaxValue, Swap = 5, SwapLimit = ulong.MaxValue, Raw = new Dictionary<string, ulong> { ["file"] = 3 } },
            Pids = (2, ulong.MaxValue),
            Io = IoStatistics.Parse("8:0 rbytes=1 wbytes=0 rios=3 wios=4\n"),
            Hugetlb = new Dictionary<string, HugetlbStatistics>(),
            CpuPressure = PressureStatistics.Parse("some avg10=1.50 avg60=0.00 avg300=0.00 total=9\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n"),
            MemoryPressure = null,
            IoPressure = null,
        }));

        Assert.Equal(
            """{"type":"stats","id":"box","data":{"cpu":{"usage":{"total":30000,"kernel":20000,"user":10000},"throttling":{"periods":2}"""
            + ""","psi":{"some":{"avg10":1.5,"avg60":0,"avg300":0,"total":9},"full":{"avg10":0,"avg60":0,"avg300":0,"total":0}}}"""
            + ""","memory":{"cache":3,"usage":{"limit":18446744073709551615,"usage":5,"max":7,"failcnt":0},"swap":{"limit":18446744073709551615,"usage":5,"failcnt":0},"raw":{"file":3}}"""
            + ""","pids":{"current":2},"blkio":{"ioServiceBytesRecursive":[{"major":8,"op":"Read","value":1},{"major":8,"op":"Write"}]"""
            + ""","ioServicedRecursive":[{"major":8,"op":"Read","value":3},{"major":8,"op":"Write","value":4}]},"hugetlb":{},"intel_rdt":{},"network_interfaces":null}}"""
            + "\n",
            text);
    }
}

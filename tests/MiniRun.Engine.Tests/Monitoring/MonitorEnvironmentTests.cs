using System.Collections;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class MonitorEnvironmentTests
{
    [Fact]
    public void A_monitor_gets_what_it_reads_and_nothing_else()
    {
        Hashtable caller = new()
        {
            ["PATH"] = "/bin",
            ["XDG_RUNTIME_DIR"] = "/run/user/7",
            ["MINIRUN_FAULT"] = "point",
            ["MINIRUN_NOFILE"] = "7",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["HTTPS_PROXY"] = "http://user:password@proxy",
        };
        IReadOnlyList<string> variables = MonitorEnvironment.Of(caller, new DescriptorLimit(200, 3000));
        Assert.Equal(["MINIRUN_FAULT=point", "MINIRUN_NOFILE=200", "PATH=/bin", "XDG_RUNTIME_DIR=/run/user/7"], variables.Order(StringComparer.Ordinal));
    }
}

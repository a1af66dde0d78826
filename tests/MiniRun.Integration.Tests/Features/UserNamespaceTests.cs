using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class UserNamespaceTests(ContainerHost host)
{
    [Fact]
    public void Root_inside_is_somebody_unprivileged_outside()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=mapped", "--userns=private", "busybox", "sh", "-c", "id -u; exec sleep 1002");
        HostProcess process = HostProcess.FirstOfContainer("sleep");
        string? outside = process.Status("Uid");
        container.WaitForOutput("\n");
        string inside = container.Output;
        host.Run("rm", "-f", "mapped").Succeeded();

        Assert.Equal("0\n", inside);
        int uid = int.Parse(outside!.Split(' ')[0]);
        Assert.True(uid >= 65536, $"uid outside is {uid}");
    }

    [Fact]
    public void Without_the_option_root_inside_is_root_outside()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=unmapped", "busybox", "sleep", "1003");
        string? outside = HostProcess.FirstOfContainer("sleep").Status("Uid");
        host.Run("rm", "-f", "unmapped").Succeeded();

        Assert.Equal("0 0 0 0", outside);
    }

    [Fact]
    public void Files_of_the_image_and_new_ones_belong_to_root_inside()
    {
        string[] lines = host.Shell(
            "stat -c %u:%g /bin/busybox; echo new > /new; stat -c %u:%g /new; stat -c %t:%T /dev/null; cat /proc/self/uid_map",
            "--userns=private").Lines();

        Assert.Equal(["0:0", "0:0", "1:3"], lines[..3]);
        Assert.DoesNotContain("4294967295", lines[3], StringComparison.Ordinal);
    }
}

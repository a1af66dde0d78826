using System.Globalization;
using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 6, CVE-2021-43784: more than 64 KiB in what is sent to the container's first process overflows a length, and namespaces are lost.</summary>
[Collection(AttackTests.Name)]
public sealed class LongMessageTests(ContainerHost host)
{
    private const int Variables = 1500;

    private const string Script = "env | grep -c ^LONG_; echo ${#LONG_1}; for n in cgroup ipc mnt net pid user uts; do readlink /proc/self/ns/$n; done";

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void A_long_environment_and_long_paths_arrive_whole_and_every_namespace_is_new(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Long(program).InUserNamespace();
        string[] lines = container.Start().Lines();

        Assert.Equal([$"{Variables}", "200"], lines[..2]);
        Assert.Equal(7, lines[2..].Length);
        Assert.Empty(lines[2..].Intersect(HostsNamespaces()));
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Control_a_namespace_that_was_not_asked_for_is_found_to_be_the_hosts(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = Long(program);
        container.Options.AddRange(["--ipc=host", "--uts=host"]);
        if (container.Bundle is { } bundle)
        {
            bundle.Linux["namespaces"] = new JsonArray([.. bundle.Linux["namespaces"]!.AsArray().Where(space => (string)space!["type"]! is not ("ipc" or "uts")).Select(space => space!.DeepClone())]);
            bundle.Config.Remove("hostname");
        }

        Assert.Equal(3, container.Start().Lines()[2..].Intersect(HostsNamespaces()).Count()); // the user namespace too
    }

    [Theory]
    [InlineData(250, true)]
    [InlineData(400, false)] // more than a page, and than the kernel's 340
    [InlineData(6000, false)]
    public void Many_mappings_are_all_written_or_refused(int count, bool accepted)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new AttackedContainer(host, AttackedContainer.Oci, "wc -l < /proc/self/uid_map; readlink /proc/self/ns/user").InUserNamespace();
        JsonArray mappings = [];
        for (int i = 0; i < count; i++)
        {
            mappings.Add(new JsonObject { ["containerID"] = 2 * i, ["hostID"] = 100000 + (2 * i), ["size"] = 1 });
        }

        container.Bundle!.Linux["uidMappings"] = mappings;
        container.Bundle.Linux["gidMappings"] = mappings.DeepClone();
        ProgramResult result = container.Start();
        if (accepted)
        {
            Assert.Equal(count.ToString(CultureInfo.InvariantCulture), result.Lines()[0].Trim());
            Assert.DoesNotContain(result.Lines()[1], HostsNamespaces());
        }
        else
        {
            result.FailedInOneLine(1, "map");
            Assert.Equal("", result.Output);
        }
    }

    /// <summary>An environment of 300 KB, an argument of 100 KB, and paths of nearly PATH_MAX.</summary>
    private AttackedContainer Long(string program)
    {
        AttackedContainer container = new(host, program, $"{Script} # {new string('x', 100_000)}");
        for (int i = 0; i < Variables; i++)
        {
            container.Variable(string.Create(CultureInfo.InvariantCulture, $"LONG_{i}={new string('y', 200)}"));
        }

        return container.Tmpfs("/" + string.Join('/', Enumerable.Repeat(new string('z', 200), 19)));
    }

    private static string[] HostsNamespaces() => [.. Directory.EnumerateFiles("/proc/self/ns").Select(link => new FileInfo(link).LinkTarget!)];
}

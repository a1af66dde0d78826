using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>
/// Rows 28 and 29: what docker's default profile has to deny: nested user namespaces (CVE-2022-0492) and AF_ALG sockets
/// (CVE-2026-31431). `minirun run` has it built in; minirun-oci gets it in config.json, as engines pass it on.
/// </summary>
[Collection(AttackTests.Name)]
public sealed class DefaultProfileTests(ContainerHost host)
{
    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void A_nested_user_namespace_is_denied_and_without_the_profile_it_is_not(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, program, "unshare -U true && echo escaped");

        Assert.Equal("escaped", Unconfined(container).Start().Succeeded());
        Assert.DoesNotContain("escaped", Confined(container).Start().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void An_AF_ALG_socket_is_denied_and_socketcall_is_not(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new AttackedContainer(host, program, "/p/sockets").WithProgram("sockets");
        string[] unconfined = Unconfined(container).Start().Lines();
        string[] confined = Confined(container).Start().Lines();

        Assert.Equal("AF_ALG not denied", unconfined[0]);
        Assert.Equal("AF_ALG denied", confined[0]);
        Assert.Equal(unconfined[1], confined[1]);
    }

    private static AttackedContainer Unconfined(AttackedContainer container)
    {
        container.Options.Add("--security-opt=seccomp=unconfined");
        return container;
    }

    private AttackedContainer Confined(AttackedContainer container)
    {
        container.Options.RemoveAll(option => option.StartsWith("--security-opt", StringComparison.Ordinal));
        if (container.Bundle is { } bundle)
        {
            bundle.Linux["seccomp"] = DefaultProfile();
        }

        return container;
    }

    /// <summary>The profile as `minirun run` wrote it into the config.json of a container of its own.</summary>
    private JsonNode DefaultProfile()
    {
        AttackedContainer container = new(host, AttackedContainer.Run, "echo ready; exec sleep 60");
        using RunningProgram running = container.StartReady();
        string[] files = [.. Directory.EnumerateFiles(host.State, "config.json", SearchOption.AllDirectories)];
        string text = File.ReadAllText(files[0]);
        container.Kill();

        Assert.Single(files);
        return JsonNode.Parse(text)!["linux"]!["seccomp"]!.DeepClone();
    }
}

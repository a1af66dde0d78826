using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 21, CVE-2025-23266: a hook gets the image's environment, and loads the image's library with the host's rights.</summary>
[Collection(AttackTests.Name)]
public sealed class HookEnvironmentTests(ContainerHost host)
{
    // Those that run programs of the host's; startContainer's are the image's own.
    private static readonly string[] HostsHooks = ["prestart", "createRuntime", "createContainer", "poststart", "poststop"];

    [Fact]
    public void A_library_that_the_image_wants_preloaded_is_loaded_by_no_hook()
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, PlantedLibrary library) = WithHooks("");
        container.Start().Succeeded();

        Assert.False(library.WasLoaded);
    }

    [Theory]
    [InlineData("prestart")]
    [InlineData("createRuntime")]
    [InlineData("createContainer")]
    [InlineData("poststart")]
    [InlineData("poststop")]
    public void Proof_a_hook_that_is_given_the_variable_itself_loads_it(string kind)
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, PlantedLibrary library) = WithHooks(kind);
        container.Start();

        Assert.True(library.WasLoaded);
    }

    [Fact]
    public void Minirun_run_which_has_no_hooks_gives_the_images_environment_to_no_program_of_the_hosts()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, AttackedContainer.Run, "echo $LD_PRELOAD");
        PlantedLibrary library = new(host, container);
        File.WriteAllText($"{container.Root}/../image.json", new JsonObject { ["Env"] = new JsonArray("LD_PRELOAD=" + library.Path, "PATH=/evil:/bin") }.ToJsonString());

        Assert.Equal(library.Path, container.Start().Succeeded());
        Assert.False(library.WasLoaded);
    }

    /// <summary>The variable names the library by the host's path too, as one finds it from the image's root: hooks run in either.</summary>
    private (AttackedContainer Container, PlantedLibrary Library) WithHooks(string withVariable)
    {
        AttackedContainer container = new(host, AttackedContainer.Oci, "true");
        PlantedLibrary library = new(host, container);
        string variable = $"LD_PRELOAD={library.Path}";
        container.Variable(variable);
        JsonObject hooks = [];
        foreach (string kind in HostsHooks)
        {
            JsonObject hook = new() { ["path"] = "/bin/true" };
            if (kind == withVariable)
            {
                hook["env"] = new JsonArray(variable);
            }

            hooks[kind] = new JsonArray(hook);
        }

        container.Bundle!.Config["hooks"] = hooks;
        return (container, library);
    }
}

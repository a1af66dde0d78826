using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

/// <summary>What the engines write is taken; what minirun does not carry out yet is the only thing refused.</summary>
public sealed class EngineConfigTests
{
    [Theory]
    [InlineData("runc-spec.json")]
    [InlineData("runc-spec-rootless.json")]
    [InlineData("podman-rootless.json")]
    [InlineData("kubernetes.json")]
    [InlineData("slurm.json")]
    [InlineData("docker.json")]
    public void A_config_of_an_engine_has_no_problems(string name) => Assert.Empty(SpecValidator.Validate(Config.ReadFile(name)));

    [Fact]
    public void The_default_configs_have_no_problems()
    {
        Assert.Empty(SpecValidator.Validate(DefaultSpec.Rootful()));
        Assert.Empty(SpecValidator.Validate(DefaultSpec.Rootless(1000, 1000)));
    }

    [Fact]
    public void Dockers_zeroes_are_read_as_zeroes()
    {
        ResourcesSpec resources = Config.ReadFile("docker.json").Linux.Resources;
        Assert.Equal(0UL, resources.Cpu!.Shares);
        Assert.Equal((ushort)0, resources.BlockIo!.Weight);
        Assert.Equal(0, resources.Memory!.Kernel);
    }
}

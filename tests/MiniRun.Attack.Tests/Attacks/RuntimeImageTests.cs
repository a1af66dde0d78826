using System.Globalization;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 1 and 19: the container gets hold of the runtime that enters it (CVE-2019-5736, CVE-2016-9962).</summary>
[Collection(AttackTests.Name)]
public sealed class RuntimeImageTests(ContainerHost host)
{
    private const int Execs = 1000;

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void A_program_that_is_the_runtime_again_gives_nothing_to_overwrite(string program)
    {
        using Canaries canaries = new(host);
        Probe probe = Watch(Lurking(program), "/evil", Execs);

        // The sealed image was held, and could not be written to.
        Assert.InRange(probe.Held, 1, long.MaxValue);
        Assert.Equal(0, probe.Overwritten);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_an_image_that_is_an_ordinary_file_is_overwritten(string program)
    {
        using Canaries canaries = new(host);
        string image = Path.Combine(host.Folder, "tmp/minirun-init");
        Probe probe = Watch(Lurking(program), "/evil", Execs, without: "sealed-init");
        byte first = File.ReadAllBytes(image)[0];
        File.Delete(image);

        Assert.InRange(probe.Overwritten, 1, long.MaxValue);
        Assert.Equal((byte)'X', first);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci, "/proc/self/exe")]
    [InlineData(AttackedContainer.Run, "/proc/self/exe")]
    [InlineData(AttackedContainer.Oci, "/evil")]
    [InlineData(AttackedContainer.Run, "/evil")]
    public void The_runtime_as_the_program_says_no_and_loads_nothing_of_the_image(string program, string entrypoint)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, program, "");
        PlantEvil(container);
        PlantedLibrary library = new(host, container);
        container.Variable("LD_PRELOAD=" + PlantedLibrary.PathInside);
        container.Bundle?.Config["process"]!["args"]![0] = entrypoint;
        container.Options.Add($"--entrypoint={entrypoint}");
        ProgramResult result = container.Start();

        Assert.NotEqual(0, result.Status);
        Assert.Contains("started by minirun only", result.Error, StringComparison.Ordinal);
        Assert.False(library.WasLoaded);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Init_on_its_way_into_a_container_cannot_be_looked_into_by_root_there(string program)
    {
        using Canaries canaries = new(host);
        Probe probe = Watch(Lurking(program).InUserNamespace().Capability("CAP_SYS_PTRACE"), "/bin/true", Execs);

        Assert.InRange(probe.Strangers, 1, long.MaxValue);
        Assert.Equal(0, probe.Reached);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_an_init_that_is_dumpable_is_looked_into(string program)
    {
        using Canaries canaries = new(host);
        Probe probe = Watch(Lurking(program).InUserNamespace().Capability("CAP_SYS_PTRACE"), "/bin/true", Execs, without: "undumpable-init");

        Assert.InRange(probe.Reached, 1, long.MaxValue);
    }

    /// <summary>A container whose program lies in wait, and whose /evil is the runtime that will be asked to execute it.</summary>
    private AttackedContainer Lurking(string program)
    {
        AttackedContainer container = new AttackedContainer(host, program, "echo ready; exec /p/probe /p/result").WithProgram("probe");
        PlantEvil(container);
        File.WriteAllText($"{container.Folder}/result", "0 0 0 0");
        File.SetUnixFileMode($"{container.Folder}/result", (UnixFileMode)0x1b6);
        return container;
    }

    private static void PlantEvil(AttackedContainer container)
    {
        File.WriteAllText($"{container.Root}/evil", "#!/proc/self/exe\n");
        File.SetUnixFileMode($"{container.Root}/evil", (UnixFileMode)0x1ed);
    }

    /// <summary>Enters the container again and again while its program lies in wait; a weakened program until the attack has come off.</summary>
    private static Probe Watch(AttackedContainer container, string program, int execs, string without = "")
    {
        using RunningProgram running = container.StartReady();
        try
        {
            container.ExecRepeatedly([program], execs, without, _ => without.Length > 0 && Probe.Read(container) is { Reached: > 0 } probe && (probe.Overwritten > 0 || without != "sealed-init"));
            return Probe.Read(container);
        }
        finally
        {
            container.Kill();
        }
    }

    private readonly record struct Probe(long Strangers, long Reached, long Held, long Overwritten)
    {
        public static Probe Read(AttackedContainer container)
        {
            string[] words = File.ReadAllText($"{container.Folder}/result").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            long[] numbers = [.. words.Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
            return new Probe(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }
}

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Folders of one test's own for images and for configuration, empty at first; gone with the object.</summary>
public sealed class ImageHost(ContainerHost host) : IDisposable
{
    public string Data { get; } = host.NewFolder("data");

    /// <summary>Where registries.json and logins are.</summary>
    public string Config { get; } = host.NewFolder("config");

    /// <summary>The files of downloads and unpacked layers that are not whole.</summary>
    public IReadOnlyList<string> Staged => Directory.Exists($"{Data}/staging") ? Directory.GetFileSystemEntries($"{Data}/staging") : [];

    /// <summary>The blobs in the store.</summary>
    public IReadOnlyList<string> Blobs => Directory.Exists($"{Data}/images/blobs/sha256") ? Directory.GetFiles($"{Data}/images/blobs/sha256") : [];

    /// <summary>What the environment says of these folders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables => [new("MINIRUN_DATA", Data), new("XDG_CONFIG_HOME", Config), new("DOCKER_CONFIG", Config)];

    /// <summary>Writes registries.json.</summary>
    public void Configure(string registries)
    {
        Directory.CreateDirectory($"{Config}/minirun");
        File.WriteAllText($"{Config}/minirun/registries.json", registries);
    }

    /// <summary>Runs `minirun ARGUMENTS` to its end.</summary>
    public ProgramResult Run(params string[] arguments)
    {
        using RunningProgram program = Start(arguments);
        return program.Wait();
    }

    /// <summary>Starts `minirun ARGUMENTS`.</summary>
    public RunningProgram Start(params string[] arguments) => host.StartWith(Variables, host.Minirun, arguments);

    /// <summary>Runs `minirun ARGUMENTS` with text as its standard input.</summary>
    public ProgramResult RunWithInput(string input, params string[] arguments)
    {
        using RunningProgram program = Start(arguments);
        program.Input.Write(input);
        return program.Wait();
    }

    /// <summary>Runs the test build, which kills itself at a point of its work.</summary>
    public ProgramResult RunWithFault(string fault, params string[] arguments)
    {
        using RunningProgram program = host.StartWith([.. Variables, new("MINIRUN_FAULT", fault)], host.MinirunWithFaults, arguments);
        return program.Wait();
    }

    public void Dispose()
    {
        Directory.Delete(Data, recursive: true);
        Directory.Delete(Config, recursive: true);
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// A host of the tests' own: the built programs, private state and data folders, and the busybox sample. Every test of
/// the assembly shares one, in turn, so that what one leaves behind is seen by the next.
/// </summary>
public sealed class ContainerHost : IDisposable
{
    private readonly Dictionary<string, string> environment;
    private readonly OrphanReaper reaper = new();
    private string? specToStartFrom;
    private SeedImages? seeds;

    public ContainerHost()
    {
        Assert.True(Kernel.EffectiveUser() == 0, "these tests make containers, which takes root: use scripts/test.sh integration");
        Repository = FindRepository();
        Folder = Directory.CreateTempSubdirectory("minirun-tests-").FullName;
        State = Path.Combine(Folder, "state");
        Data = Path.Combine(Folder, "data");
        Scratch = Directory.CreateDirectory(Path.Combine(Folder, "scratch")).FullName;
        environment = new()
        {
            ["MINIRUN_STATE"] = State,
            ["MINIRUN_DATA"] = Data,
            ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Folder, "tmp")).FullName,
        };
        Program(Path.Combine(Repository, "scripts/sample.sh"), "busybox").Succeeded();

        // What the first run makes once and keeps (folders, caches) is not a leftover.
        Run("run", "--rm", "-v", "/volume", "busybox", "true").Succeeded();
    }

    /// <summary>The config.json that `minirun-oci spec` writes.</summary>
    public string SpecToStartFrom => specToStartFrom ??= ReadSpec();

    /// <summary>"ubuntu", "nginx" and "myapp"; made when they are first wanted.</summary>
    public SeedImages Seeds => seeds ??= SeedImages.Begin(this);

    public string Repository { get; }

    public string Folder { get; }

    public string State { get; }

    public string Data { get; }

    /// <summary>A place for a test's own files.</summary>
    public string Scratch { get; }

    public string Sample => Path.Combine(Data, "samples/busybox");

    public string Minirun => Artifact("bin/minirun");

    public string MinirunOci => Artifact("bin/minirun-oci");

    public string MinirunWithFaults => Artifact("bin-faults/minirun");

    /// <summary>Runs `minirun ARGUMENTS` to its end.</summary>
    public ProgramResult Run(params string[] arguments)
    {
        return Program(Minirun, arguments);
    }

    /// <summary>Runs `minirun run --rm OPTIONS busybox sh -c SCRIPT` to its end.</summary>
    public ProgramResult Shell(string script, params string[] options)
    {
        return Run(["run", "--rm", .. options, "busybox", "sh", "-c", script]);
    }

    /// <summary>Starts `minirun ARGUMENTS`.</summary>
    public RunningProgram Start(params string[] arguments)
    {
        return new RunningProgram(reaper, Minirun, arguments, environment);
    }

    /// <summary>Runs any program to its end, with the same environment.</summary>
    public ProgramResult Program(string file, params string[] arguments)
    {
        using RunningProgram program = new(reaper, file, arguments, environment);
        return program.Wait();
    }

    /// <summary>Starts any program with further variables in its environment, or other values for the tests' own.</summary>
    public RunningProgram StartWith(IEnumerable<KeyValuePair<string, string>> variables, string file, params string[] arguments)
    {
        Dictionary<string, string> all = new(environment);
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return new RunningProgram(reaper, file, arguments, all);
    }

    /// <summary>Runs a bash script to its end; $MINIRUN is the program.</summary>
    public ProgramResult Bash(string script, TimeSpan? patience = null)
    {
        using RunningProgram program = StartWith([new("MINIRUN", Minirun)], "bash", "-euc", script);
        return program.Wait(patience);
    }

    /// <summary>A new empty folder for one test.</summary>
    public string NewFolder([CallerMemberName] string name = "")
    {
        return Directory.CreateDirectory(Path.Combine(Scratch, $"{name[..Math.Min(name.Length, 40)]}-{Stopwatch.GetTimestamp()}")).FullName;
    }

    public void Dispose()
    {
        seeds?.Dispose();
        reaper.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string ReadSpec()
    {
        string folder = NewFolder();
        Program(MinirunOci, "spec", "--bundle", folder).Succeeded();
        string spec = File.ReadAllText(folder + "/config.json");
        Directory.Delete(folder, recursive: true);
        return spec;
    }

    private string Artifact(string name)
    {
        string path = Path.Combine(Repository, "artifacts", name);
        Assert.True(File.Exists(path), $"{path} is missing: run scripts/build.sh (and scripts/build.sh --faults)");
        return path;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MiniRun.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no MiniRun.sln above {AppContext.BaseDirectory}");
    }
}

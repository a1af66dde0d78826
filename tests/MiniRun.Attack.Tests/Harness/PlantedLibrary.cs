namespace MiniRun.Attack.Tests.Harness;

/// <summary>A library in an image, for LD_PRELOAD: whoever loads it leaves a mark on the host, wherever it was loaded.</summary>
internal sealed class PlantedLibrary
{
    public const string PathInside = "/evil.so";

    private readonly string mark;

    public PlantedLibrary(ContainerHost host, AttackedContainer container)
    {
        mark = System.IO.Path.Combine(container.Folder, "marks/mark");
        string folder = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(mark)!).FullName;
        Path = container.Root + PathInside;
        host.Program("gcc", "-shared", "-fPIC", $"-DMARK=\"{mark}\"", "-o", Path, System.IO.Path.Combine(AppContext.BaseDirectory, "programs/preloaded.c")).Succeeded();
        container.Bind(folder, folder);
    }

    /// <summary>Where the host sees it.</summary>
    public string Path { get; }

    public bool WasLoaded => File.Exists(mark);
}

namespace MiniRun.Integration.Tests.Harness;

/// <summary>A folder of the test's own on which a file system is mounted, in the mount namespace that the tests have for themselves; both gone with the object.</summary>
public sealed class MountedFolder : IDisposable
{
    private readonly ContainerHost host;

    /// <param name="mount">mount's words before the folder: "-t tmpfs -o size=1m tmpfs".</param>
    public MountedFolder(ContainerHost host, string mount)
    {
        this.host = host;
        Path = host.NewFolder("mounted");
        host.Bash($"mount {mount} '{Path}'").Succeeded();
    }

    public string Path { get; }

    public void Dispose()
    {
        host.Bash($"umount '{Path}'").Succeeded();
        Directory.Delete(Path);
    }
}

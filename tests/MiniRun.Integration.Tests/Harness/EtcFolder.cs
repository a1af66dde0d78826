namespace MiniRun.Integration.Tests.Harness;

/// <summary>Files that a program sees in /etc over the host's own, which stay as they are: an overlay in a mount namespace of the program's own.</summary>
public sealed class EtcFolder(ContainerHost host, string folder)
{
    /// <summary>Writes a file, named from /etc on.</summary>
    public EtcFolder With(string name, string text)
    {
        string path = $"{folder}/{name}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Starts a program that sees them.</summary>
    public RunningProgram Start(IEnumerable<KeyValuePair<string, string>> variables, string file, params string[] arguments) => host.StartWith(
        variables,
        "unshare",
        ["--mount", "--propagation", "private", "sh", "-c", """mount -t overlay overlay -o lowerdir="$0":/etc /etc && exec "$@" """, folder, file, .. arguments]);
}

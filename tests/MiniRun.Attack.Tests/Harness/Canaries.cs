using System.Security.Cryptography;
using System.Text;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>
/// What an attack on the host would change: files planted at /, in /tmp and in the state root, the cgroup root,
/// core_pattern and the programs themselves. Hashed when made, compared when disposed.
/// </summary>
public sealed class Canaries : IDisposable
{
    private readonly ContainerHost host;
    private readonly string name = $"minirun-canary-{Guid.NewGuid():N}";
    private readonly Dictionary<string, string> before;

    public Canaries(ContainerHost host)
    {
        this.host = host;
        foreach (string file in Planted)
        {
            File.WriteAllText(file, Marker);
        }

        before = Hashes();
    }

    /// <summary>What the planted files hold: output of a container that has it was read from the host.</summary>
    public string Marker => $"host marker {name}";

    /// <summary>The file at the host's root.</summary>
    public string AtRoot => $"/{name}";

    /// <summary>Names of what changed since they were made.</summary>
    public IReadOnlyList<string> Changed()
    {
        Dictionary<string, string> now = Hashes();
        return [.. before.Keys.Where(file => now[file] != before[file])];
    }

    public void Dispose()
    {
        IReadOnlyList<string> changed = Changed();
        foreach (string file in Planted)
        {
            File.Delete(file);
        }

        Assert.Equal([], changed);
    }

    private string[] Planted => [AtRoot, $"/tmp/{name}", Path.Combine(host.State, name)];

    private Dictionary<string, string> Hashes()
    {
        string[] programs = [host.Minirun, host.MinirunOci, host.MinirunWithFaults, host.MinirunWithFaults + "-oci"];
        Dictionary<string, string> hashes = Planted.Concat(programs).Append("/proc/sys/kernel/core_pattern").ToDictionary(file => file, Hash);
        string cgroups = string.Join('\n', Directory.EnumerateFileSystemEntries("/sys/fs/cgroup").Order(StringComparer.Ordinal));
        hashes["/sys/fs/cgroup"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cgroups)));
        return hashes;
    }

    private static string Hash(string file)
    {
        return File.Exists(file) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))) : "missing";
    }
}

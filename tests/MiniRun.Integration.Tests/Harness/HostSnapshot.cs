using System.IO.Enumeration;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// What a container can leave behind, as texts: processes and their namespaces, mounts, cgroups, network links,
/// and every file of state, data, scratch space and shared memory; of an image's layer, which nobody writes to, whether it is there.
/// </summary>
public sealed class HostSnapshot
{
    private readonly HashSet<string> facts = new(StringComparer.Ordinal);

    public static HostSnapshot Take(ContainerHost host)
    {
        HostSnapshot snapshot = new();
        foreach (HostProcess process in HostProcess.Descendants())
        {
            snapshot.facts.Add($"process {process}");
            snapshot.facts.UnionWith(process.Namespaces().Select(name => $"namespace {name}"));
        }

        snapshot.facts.UnionWith(File.ReadLines("/proc/self/mountinfo").Select(line => $"mount {line}"));
        snapshot.facts.UnionWith(Directory.EnumerateFileSystemEntries("/sys/class/net").Select(path => $"link {path}"));
        snapshot.facts.UnionWith(Cgroups().Select(path => $"cgroup {path}"));
        foreach (string folder in (string[])[host.Folder, "/run/minirun", "/dev/shm"])
        {
            snapshot.facts.UnionWith(Files(folder).Select(path => $"file {path}"));
        }

        return snapshot;
    }

    /// <summary>
    /// Fails with every difference between then and now. The kernel takes a moment to dismantle namespaces, so a
    /// difference counts once it has lasted three seconds.
    /// </summary>
    public void AssertUnchanged(ContainerHost host, string after)
    {
        HostSnapshot now = Take(host);
        Eventually.Within(TimeSpan.FromSeconds(3), () =>
        {
            now = Take(host);
            return now.facts.SetEquals(facts);
        });
        string[] differences =
        [
            .. now.facts.Except(facts).Order(StringComparer.Ordinal).Select(fact => $"+ {fact}"),
            .. facts.Except(now.facts).Order(StringComparer.Ordinal).Select(fact => $"- {fact}"),
        ];
        Assert.True(differences.Length == 0, $"{after} changed the host:\n{string.Join('\n', differences)}");
    }

    private static IEnumerable<string> Cgroups()
    {
        string? mounted = File.ReadLines("/proc/self/mountinfo")
            .Where(line => line.Contains(" - cgroup2 ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[4])
            .FirstOrDefault();
        return mounted is null ? [] : Directory.EnumerateDirectories(mounted, "*", SearchOption.AllDirectories);
    }

    /// <summary>Every file below a folder. Links are named and not followed: a test may leave one that leads upwards.</summary>
    private static List<string> Files(string folder)
    {
        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return !Directory.Exists(folder) ? [] : [.. new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), all)
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && !entry.FileName.SequenceEqual("samples") && !entry.FileName.SequenceEqual("seccomp-cache") && !entry.Directory.EndsWith("/layers"),
        }];
    }
}

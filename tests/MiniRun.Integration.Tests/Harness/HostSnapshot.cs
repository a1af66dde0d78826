using System.IO.Enumeration;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// What a container can leave behind, as texts: processes and their namespaces, mounts, cgroups, network links,
/// and every file of state, data, scratch space and shared memory; of an image's layer, which nobody writes to, whether it is there.
/// </summary>
public sealed class HostSnapshot
{
    private readonly HashSet<string> kernel = new(StringComparer.Ordinal);
    private readonly HashSet<string> files = new(StringComparer.Ordinal);

    private IEnumerable<string> Facts => kernel.Concat(files);

    public static HostSnapshot Take(ContainerHost host)
    {
        HostSnapshot snapshot = new();
        snapshot.TakeKernel();
        snapshot.TakeFiles(host);
        return snapshot;
    }

    /// <summary>
    /// Fails with every difference between then and now. The kernel takes a moment to dismantle namespaces, so a
    /// difference counts once it has lasted three seconds.
    /// </summary>
    public void AssertUnchanged(ContainerHost host, string after)
    {
        HostSnapshot now = new();
        bool same = Eventually.Within(TimeSpan.FromSeconds(3), () =>
        {
            now = new HostSnapshot();
            now.TakeKernel();
            if (!now.kernel.SetEquals(kernel))
            {
                return false; // the files, thousands by the end of a run, are looked at when all else is as before
            }

            now.TakeFiles(host);
            return now.files.SetEquals(files);
        });
        if (same)
        {
            return;
        }

        now = Take(host);
        string[] differences =
        [
            .. now.Facts.Except(Facts).Order(StringComparer.Ordinal).Select(fact => $"+ {fact}"),
            .. Facts.Except(now.Facts).Order(StringComparer.Ordinal).Select(fact => $"- {fact}"),
        ];
        Assert.True(differences.Length == 0, $"{after} changed the host:\n{string.Join('\n', differences)}");
    }

    private void TakeKernel()
    {
        foreach (HostProcess process in HostProcess.Descendants())
        {
            kernel.Add($"process {process}");
            kernel.UnionWith(process.Namespaces().Select(name => $"namespace {name}"));
        }

        kernel.UnionWith(File.ReadLines("/proc/self/mountinfo").Select(line => $"mount {line}"));
        kernel.UnionWith(Directory.EnumerateFileSystemEntries("/sys/class/net").Select(path => $"link {path}"));
        kernel.UnionWith(Cgroups().Select(path => $"cgroup {path}"));
    }

    private void TakeFiles(ContainerHost host)
    {
        foreach (string folder in (string[])[host.Folder, "/run/minirun", "/dev/shm"])
        {
            files.UnionWith(Files(folder).Select(path => $"file {path}"));
        }
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

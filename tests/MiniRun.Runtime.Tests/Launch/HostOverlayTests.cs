using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Tests.Launch;

/// <summary>Overlays of few and of many layers. In memory, since the folder for temporary files may itself be an overlay.</summary>
public sealed class HostOverlayTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory($"/dev/shm/minirun-overlay-{Environment.ProcessId}-{Guid.NewGuid():n}").FullName;

    public void Dispose() => TreeRemoval.Remove(_folder);

    [RootFact]
    public void A_few_layers_and_hundreds_are_laid_over_each_other_in_order()
    {
        foreach (int count in (int[])[1, 3, 20, 500])
        {
            using FileDescriptor overlay = Open(count);
            Assert.Equal($"layer 0 of {count}", Read(overlay, "top"));
            Assert.Equal($"layer {count - 1}", Read(overlay, $"own{count - 1}"));
            Assert.Equal("", File.ReadAllText("/proc/self/mountinfo").Split('\n').FirstOrDefault(line => line.Contains(_folder, StringComparison.Ordinal), ""));
        }
    }

    [RootFact]
    public void More_layers_than_overlayfs_takes_are_refused_with_the_number() =>
        Assert.Contains("at most 500", Assert.Throws<MiniRunException>(() => Open(501)).Message);

    [RootFact]
    public void The_callers_working_folder_stays_where_it_is()
    {
        string before = Environment.CurrentDirectory;
        Open(100).Dispose();
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    /// <summary>Layers, topmost first, each with a file of its own and one that all have; their names hold what overlayfs splits at.</summary>
    private FileDescriptor Open(int count)
    {
        MemoryStream layers = new();
        for (int i = 0; i < count; i++)
        {
            string layer = $"{_folder}/{count}/layer:{i},\\{new string('x', 60)}";
            Directory.CreateDirectory(layer);
            File.WriteAllText($"{layer}/top", $"layer {i} of {count}");
            File.WriteAllText($"{layer}/own{i}", $"layer {i}");
            layers.Write([.. Encoding.UTF8.GetBytes(layer), 0]);
        }

        LaunchStep step = new(StepKind.HostOverlay)
        {
            Text0 = Directory.CreateDirectory($"{_folder}/{count}/upper").FullName,
            Text1 = Directory.CreateDirectory($"{_folder}/{count}/work").FullName,
            Blob = layers.ToArray(),
            Source = "root.path",
        };
        return HostOverlay.Open(step, null!);
    }

    private static string Read(FileDescriptor overlay, string name)
    {
        using FileDescriptor file = HostFile.OpenAt(overlay, name, OpenFlags.O_RDONLY);
        return Encoding.UTF8.GetString(HostFile.ReadBounded(file, name, 100));
    }
}

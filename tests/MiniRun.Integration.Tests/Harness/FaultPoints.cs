namespace MiniRun.Integration.Tests.Harness;

/// <summary>The moments between the launcher's acts at which the test build can die, as the sources list them.</summary>
internal static class FaultPoints
{
    /// <summary>Those that a container's life passes; those of the image store are StoreCrashTests', those of volumes VolumeTests'.</summary>
    public static IReadOnlyList<string> OfContainers(ContainerHost host) =>
        [.. All(host).Where(name => !name.StartsWith("Blob", StringComparison.Ordinal) && !name.StartsWith("Layer", StringComparison.Ordinal) && !name.StartsWith("Image", StringComparison.Ordinal) && !name.StartsWith("Volume", StringComparison.Ordinal))];

    private static string[] All(ContainerHost host)
    {
        string source = Path.Combine(host.Repository, "src/MiniRun.Runtime/Launch/FaultPoint.cs");
        string[] names =
        [
            .. File.ReadLines(source)
                .Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.EndsWith(','))
                .Select(line => line.Trim(' ', ',')),
        ];
        Assert.True(names.Length > 20, $"{source} lists only {names.Length} points");
        return names;
    }
}

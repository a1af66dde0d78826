using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli.Output;

/// <summary>docker's list of volumes.</summary>
internal static class VolumeTable
{
    private const string Unknown = "N/A"; // as docker has it without `system df -v`

    /// <exception cref="UsageException">The format is none.</exception>
    internal static string Of(IReadOnlyList<Volume> volumes, VolumeStore store, bool quiet, string? format) => format switch
    {
        null or "" or "table" when quiet => string.Concat(volumes.Select(volume => $"{volume.Name}\n")),
        null or "" or "table" => TextTable.Of([["DRIVER", "VOLUME NAME"], .. volumes.Select(volume => (string[])["local", volume.Name.Value])]),
        "json" => string.Concat(volumes.Select(volume => Line(volume, store))),
        _ => throw new UsageException($"--format {format}: it is table or json"),
    };

    private static string Line(Volume volume, VolumeStore store) => JsonOutput.Line(json =>
    {
        json.WriteString("Availability", Unknown);
        json.WriteString("Driver", "local");
        json.WriteString("Group", Unknown);
        json.WriteString("Labels", string.Join(',', volume.Labels.Select(label => $"{label.Key}={label.Value}")));
        json.WriteString("Links", Unknown);
        json.WriteString("Mountpoint", store.FilesOf(volume.Name));
        json.WriteString("Name", volume.Name.Value);
        json.WriteString("Scope", "local");
        json.WriteString("Size", Unknown);
        json.WriteString("Status", Unknown);
    });
}

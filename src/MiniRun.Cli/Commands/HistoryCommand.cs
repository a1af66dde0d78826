using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun history`.</summary>
internal static class HistoryCommand
{
    internal const string Summary = "Show how an image was made, layer by layer";
    private const int ShownWidth = 45;

    internal static CommandDefinition Define()
    {
        Option<bool> whole = Switch("--no-trunc", "Ids and instructions in full");
        Option<bool> quiet = Switch("--quiet", "Ids alone", "-q");
        var image = new Argument<string>("IMAGE");
        var command = new DockerCommand("history", $"{Summary}, the last one first.", "[OPTIONS] IMAGE");
        command.Add(new OptionGroup("Options", [whole, quiet]));
        command.Arguments.Add(image);
        return new CommandDefinition(command, invocation =>
        {
            ImageStore store = new(invocation.DataRoot());
            StoredImage found = store.Get(invocation.Values.GetValue(image)!);
            List<string[]> rows = Rows(store, found, invocation.Values.GetValue(whole));
            invocation.Terminal.Out.Write(invocation.Values.GetValue(quiet)
                ? string.Concat(rows.Skip(1).Select(row => $"{row[0]}\n"))
                : TextTable.Of(rows));
            return ExitCode.Success;
        });
    }

    private static List<string[]> Rows(ImageStore store, StoredImage image, bool full)
    {
        List<string[]> rows = [];
        int layer = 0;
        foreach (HistoryEntry entry in image.Document.History)
        {
            bool hasLayer = !entry.EmptyLayer && layer < image.Document.DiffIds.Count;
            long size = hasLayer ? store.Layers.SizeOf(image.Document.DiffIds[layer++]) : 0;
            rows.Add(["<missing>", ImageTable.Age(entry.Created, DateTimeOffset.UtcNow), Shown(entry.CreatedBy, full), HumanSize.Of(size), OneLine.Of(entry.Comment)]);
        }

        rows.Reverse();
        if (rows.Count > 0)
        {
            // Only the image itself has an id; the steps before it are not kept as images.
            rows[0][0] = full ? image.Id.ToString() : image.Id.Short;
        }

        rows.Insert(0, ["IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"]);
        return rows;
    }

    private static string Shown(string instruction, bool full)
    {
        string line = OneLine.Of(instruction);
        return full || line.Length <= ShownWidth ? line : string.Concat(line.AsSpan(0, ShownWidth - 1), "…");
    }
}

using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume inspect`.</summary>
internal static class VolumeInspectCommand
{
    internal const string Summary = "Show all that is known of volumes, as JSON";

    internal static CommandDefinition Define()
    {
        var names = new Argument<string[]>("VOLUME") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("volume inspect", $"{Summary} in docker's shape.", "VOLUME [VOLUME...]");
        command.Arguments.Add(names);
        return new CommandDefinition(command, invocation => Inspect(invocation, Required.Some(invocation.Values.GetValue(names), "volume inspect")));
    }

    private static int Inspect(Invocation invocation, string[] names)
    {
        VolumeStore store = new(invocation.DataRoot());
        List<Volume> found = [];
        foreach (string name in names)
        {
            if ((VolumeName.TryParse(name) is { } valid ? store.Find(valid) : null) is { } volume)
            {
                found.Add(volume);
            }
            else
            {
                ErrorReport.Print(invocation.Terminal.Error, new NoSuchVolumeException(name).Message);
            }
        }

        invocation.Terminal.Out.Write(JsonOutput.Indented(json =>
        {
            json.WriteStartArray();
            foreach (Volume volume in found)
            {
                VolumeJson.Write(json, volume, store);
            }

            json.WriteEndArray();
        }));
        return found.Count == names.Length ? ExitCode.Success : ExitCode.Failure;
    }
}

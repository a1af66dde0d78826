using System.CommandLine;
using System.Text.Json;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume inspect`.</summary>
internal static class VolumeInspectCommand
{
    internal const string Summary = "Show all that is known of volumes, as JSON";

    internal static CommandDefinition Define()
    {
        Option<string?> format = Value("--format", "FORMAT", "json (in one line), or a Go template for each volume, such as '{{.Mountpoint}}'", "-f");
        var names = new Argument<string[]>("VOLUME") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("volume inspect", $"{Summary} in docker's shape.", "[OPTIONS] VOLUME [VOLUME...]") { Examples = ["minirun volume inspect -f '{{.Mountpoint}}' data"] };
        command.Add(new OptionGroup("Options", [format]));
        command.Arguments.Add(names);
        return new CommandDefinition(command, invocation =>
            Inspect(invocation, Required.Some(invocation.Values.GetValue(names), "volume inspect"), invocation.Values.GetValue(format)));
    }

    private static int Inspect(Invocation invocation, string[] names, string? format)
    {
        TemplateOutput output;
        try
        {
            output = new TemplateOutput(format);
        }
        catch (TemplateException failure)
        {
            ErrorReport.Print(invocation.Terminal.Error, failure.Message);
            return ExitCode.WrongTemplate;
        }

        bool all = true;
        VolumeStore store = new(invocation.DataRoot());
        foreach (string name in names)
        {
            try
            {
                Volume volume = (VolumeName.TryParse(name) is { } valid ? store.Find(valid) : null) ?? throw new NoSuchVolumeException(name);
                using JsonDocument document = JsonDocument.Parse(JsonOutput.Value(json => VolumeJson.Write(json, volume, store)));
                output.Add(document.RootElement.Clone());
            }
            catch (MiniRunException failure)
            {
                // One that fails does not keep the others from being shown.
                ErrorReport.Print(invocation.Terminal.Error, failure.Message);
                all = false;
            }
        }

        invocation.Terminal.Out.Write(output.Text());
        return all ? ExitCode.Success : ExitCode.Failure;
    }
}

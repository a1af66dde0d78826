using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun volume create`.</summary>
internal static class VolumeCreateCommand
{
    internal const string Summary = "Make a volume, and print its name";

    internal static CommandDefinition Define()
    {
        Option<string?> driver = Value("--driver", "DRIVER", "local, which is the only one", "-d");
        Option<string[]> options = Values("--opt", "KEY=VALUE", "Of the driver: type=none, o=bind and device=/PATH make it a folder of the host; type=tmpfs and o=size=… a file system in memory, anew for each container", "-o");
        Option<string[]> labels = Values("--label", "KEY=VALUE", "Metadata");
        var names = new Argument<string[]>("VOLUME") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("volume create", $"{Summary}. One that is there already stays as it is.", "[OPTIONS] [VOLUME]")
        {
            Examples = ["minirun volume create data", "minirun volume create -o type=none -o o=bind -o device=/srv/data data"],
        };
        command.Add(new OptionGroup("Options", [driver, options, labels]));
        command.Arguments.Add(names);
        return new CommandDefinition(command, invocation =>
        {
            ParseResult values = invocation.Values;
            if (values.GetValue(driver) is { } asked && asked != "local")
            {
                throw new MiniRunException($"create volume: error looking up volume plugin {asked}: there is only the driver local");
            }

            string[] given = values.GetValue(names) ?? [];
            VolumeName? name = given.Length == 0 ? null : VolumeName.Parse(Required.One(given, "volume create"));
            return Create(invocation, name, values.Each(options, LabelOption.Parse), values.Each(labels, LabelOption.Parse));
        });
    }

    private static int Create(Invocation invocation, VolumeName? name, IReadOnlyList<KeyValuePair<string, string>> options, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        Volume volume = new()
        {
            Name = name ?? VolumeName.New(),
            Created = DateTimeOffset.UtcNow,
            Labels = name is null ? [.. labels, KeyValuePair.Create(Volume.AnonymousLabel, "")] : labels,
            Options = VolumeDriverOptions.Parse(options),
        };
        new VolumeStore(invocation.DataRoot()).Create(volume);
        invocation.Terminal.Out.WriteLine(volume.Name.Value);
        return ExitCode.Success;
    }
}

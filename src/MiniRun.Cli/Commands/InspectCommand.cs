using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Volumes;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun inspect`, and `container inspect`, `image inspect` and `volume inspect`.</summary>
internal sealed class InspectCommand
{
    internal const string Summary = "Show all that is known of containers, images and volumes, as JSON";
    internal const string VolumeSummary = "Show all that is known of volumes, as JSON";

    private const string Container = "container";
    private const string Image = "image";
    private const string Volume = "volume";

    private static readonly string[] s_examples =
    [
        "minirun inspect --format '{{.HostConfig.CapDrop}} {{.State.Pid}}' web",
        "minirun inspect -f '{{range .Mounts}}{{println .Source .Destination}}{{end}}' web",
        "minirun inspect --as-run web",
        "minirun inspect --format '{{.Config.Env}}' busybox",
    ];

    private readonly Option<string?> _format = Value("--format", "FORMAT", "json (in one line), or a Go template for each, such as '{{.Name}}'", "-f");
    private readonly Option<bool> _size = Switch("--size", "Of containers also the bytes they have written (SizeRw), and with their images (SizeRootFs)", "-s");
    private readonly Option<string?> _type = Value("--type", "container|image|volume", "Which of them (default: the first that has the name)");
    private readonly Option<bool> _asRun = Switch("--as-run", "Instead the command line that makes the container again, for a shell");
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.ZeroOrMore };
    private readonly string? _onlyType;

    private InspectCommand(string? onlyType)
    {
        _onlyType = onlyType;
    }

    internal static CommandDefinition Define() => new InspectCommand(null).Definition("inspect", Summary, s_examples);

    internal static CommandDefinition DefineContainer() => new InspectCommand(Container).Definition("container inspect", Summary, s_examples);

    internal static CommandDefinition DefineImage() => new InspectCommand(Image).Definition("image inspect", Summary, s_examples);

    internal static CommandDefinition DefineVolume() => new InspectCommand(Volume).Definition("volume inspect", VolumeSummary, ["minirun volume inspect -f '{{.Mountpoint}}' data"]);

    private CommandDefinition Definition(string name, string summary, string[] examples)
    {
        string what = _onlyType?.ToUpperInvariant() ?? "CONTAINER|IMAGE|VOLUME";
        var command = new DockerCommand(name, $"{summary} in docker's shape.", $"[OPTIONS] {what} [{what}...]") { Examples = examples };
        command.Add(new OptionGroup("Options", _onlyType switch
        {
            null => [_format, _size, _type, _asRun],
            Volume => [_format],
            _ => [_format, _size, _asRun],
        }));
        command.Arguments.Add(_names);
        return new CommandDefinition(command, invocation => Inspect(invocation, Required.Some(invocation.Values.GetValue(_names), name)));
    }

    private int Inspect(Invocation invocation, string[] names)
    {
        string? format = invocation.Values.GetValue(_format);
        string? type = Type(invocation);
        var containers = new InspectContainer(new ContainerFacts(invocation.Store(), RunReader.Read), invocation.Runtime());
        if (invocation.Values.GetValue(_asRun))
        {
            return format is null && (type is null or Container)
                ? EachContainer.Try(invocation, names, name => invocation.Terminal.Out.WriteLine(ShellWords.Line(["minirun", .. containers.RunWordsOf(name)])))
                : throw new UsageException("--as-run is for containers, and has no --format");
        }

        TemplateOutput output;
        try
        {
            output = new TemplateOutput(format, invocation.Terminal.IsScreen);
        }
        catch (TemplateException failure)
        {
            ErrorReport.Print(invocation.Terminal.Error, failure.Message);
            return ExitCode.WrongTemplate;
        }

        var objects = new InspectedObjects(containers, new ImageStore(invocation.DataRoot()), new VolumeStore(invocation.DataRoot()), type, invocation.Values.GetValue(_size));
        int result = EachContainer.Try(invocation, names, name => output.Add(objects.Get(name)));
        invocation.Terminal.Out.Write(output.Text());
        return result;
    }

    private string? Type(Invocation invocation) => _onlyType ?? invocation.Values.GetValue(_type) switch
    {
        null or "" => null,
        Container => Container,
        Image => Image,
        Volume => Volume,
        var other => throw new UsageException($"\"{other}\" is not a valid value for --type; there are {Container}, {Image} and {Volume}"),
    };
}

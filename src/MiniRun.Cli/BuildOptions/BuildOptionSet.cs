using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Build;
using MiniRun.Engine.Build.Contexts;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Options;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.BuildOptions;

/// <summary>The options of `build`, and the request they make.</summary>
internal sealed class BuildOptionSet
{
    private readonly Option<string[]> _tags = Values("--tag", "NAME[:TAG]", "A name for the image", "-t");
    private readonly Option<string?> _file = Value("--file", "FILE", "The Dockerfile (default: PATH/Dockerfile); \"-\" is standard input", "-f");
    private readonly Option<string?> _target = Value("--target", "STAGE", "Build this stage, by name or number, and those it needs");
    private readonly Option<string?> _platform = Value("--platform", "OS/ARCH", "Build for this platform");
    private readonly Option<string[]> _labels = Values("--label", "NAME=VALUE", "A label of the image");
    private readonly Option<string[]> _arguments = Values("--build-arg", "NAME[=VALUE]", "A value for an ARG; NAME alone takes the caller's variable");
    private readonly Option<string?> _network = Value("--network", "NETWORK", "Of RUN's programs: host or none (default: host)");
    private readonly Option<bool> _noCache = Switch("--no-cache", "Carry every step out, whatever earlier builds have made");
    private readonly Option<bool> _pull = Switch("--pull", "Ask the registry for newer images to begin with");
    private readonly Option<bool> _quiet = Switch("--quiet", "Print the image's id alone; what programs write is shown where they fail", "-q");
    private readonly Option<string?> _iidFile = Value("--iidfile", "FILE", "Write the image's id to a file");

    internal Argument<string> Context { get; } = new("PATH") { Arity = ArgumentArity.ExactlyOne };

    internal void AddTo(DockerCommand command)
    {
        command.Add(new OptionGroup("The image", [_tags, _file, _target, _platform, _labels]));
        command.Add(new OptionGroup("The build", [_arguments, _network, _noCache, _pull]));
        command.Add(new OptionGroup("Output", [_quiet, _iidFile]));
        command.Arguments.Add(Context);
    }

    internal bool Quiet(ParseResult values) => values.GetValue(_quiet);

    internal string? IdFile(ParseResult values) => values.GetValue(_iidFile);

    internal BuildRequest Read(ParseResult values, Func<string, string?> variable)
    {
        Dictionary<string, string> arguments = CallerArguments.Read(values.GetValue(_arguments) ?? [], variable);
        return new BuildRequest
        {
            Context = new ContextRequest(values.GetValue(Context)!, values.GetValue(_file), Console.OpenStandardInput()),
            Names = values.Each(_tags, static (text, _) => ImageReference.Parse(text)),
            Arguments = arguments,
            Target = values.GetValue(_target),
            NoCache = values.GetValue(_noCache),
            Pull = values.GetValue(_pull),
            Quiet = values.GetValue(_quiet),
            Network = NetworkOf(values.GetValue(_network)),
            Labels = values.Each(_labels, LabelOf),
            Platform = values.GetValue(_platform) is { } platform ? Platform.Parse(platform) : null,
            LatestTime = CallerArguments.SourceDate(arguments, variable),
        };
    }

    private static NamespaceChoice NetworkOf(string? text) => text switch
    {
        null or "default" or "host" => NamespaceChoice.Host,
        "none" => NamespaceChoice.None,
        _ => throw new OptionException("--network", text, "there are host and none"),
    };

    private static KeyValuePair<string, string> LabelOf(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals == 0 || text.Length == 0
            ? throw new OptionException(option, text, "the label has no name; write NAME=VALUE")
            : new KeyValuePair<string, string>(equals < 0 ? text : text[..equals], equals < 0 ? "" : text[(equals + 1)..]);
    }
}

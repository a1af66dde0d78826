using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux.Files;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about the container's life: who stays with it, when it is started again, how it is stopped, what it is labelled.</summary>
internal sealed class LifeOptions
{
    private readonly Option<bool> _detach = Switch("--detach", "Leave it running, and print its id", "-d");
    private readonly Option<string[]> _attach = Values("--attach", "stdin|stdout|stderr", "Which streams the caller gets (default: stdout, stderr, and with -i stdin)", "-a");
    private readonly Option<bool> _remove = Switch("--rm", "Remove the container when its program ends");
    private readonly Option<string?> _restart = Value("--restart", "POLICY", "Start its program again: no (default), on-failure[:COUNT], always or unless-stopped; after 100 ms, doubled up to a minute");
    private readonly Option<string?> _stopTimeout = Value("--stop-timeout", "SECONDS", "Between the stop signal and SIGKILL; -1 waits for ever (default: 10)");
    private readonly Option<string[]> _labels = Values("--label", "KEY=VALUE", "Metadata", "-l");
    private readonly Option<string[]> _labelFiles = Values("--label-file", "FILE", "Labels of a file, one a line");
    private readonly Option<string[]> _annotations = Values("--annotation", "KEY=VALUE", "An annotation of config.json, for hooks and runtimes");
    private readonly Option<string?> _healthCommand = Value("--health-cmd", "COMMAND", "For the container's shell: exit status 0 is healthy");
    private readonly Option<string?> _healthInterval = Value("--health-interval", "DURATION", "Time between two checks, such as 1m30s (default: 30s)");
    private readonly Option<string?> _healthTimeout = Value("--health-timeout", "DURATION", "How long one check may take (default: 30s)");
    private readonly Option<string?> _healthStartPeriod = Value("--health-start-period", "DURATION", "At first, failures do not count for so long (default: 0s)");
    private readonly Option<string?> _healthStartInterval = Value("--health-start-interval", "DURATION", "Time between two checks in the start period (default: 5s)");
    private readonly Option<string?> _healthRetries = Value("--health-retries", "NUMBER", "Failures in a row that make it unhealthy (default: 3)");
    private readonly Option<bool> _noHealthcheck = Switch("--no-healthcheck", "Do not carry out the image's check");

    internal LifeOptions()
    {
        Group = new OptionGroup("Life", [_detach, _attach, _remove, _restart, _stopTimeout, _labels, _labelFiles, _annotations]);
        HealthGroup = new OptionGroup("Health", [_healthCommand, _healthInterval, _healthTimeout, _healthRetries, _healthStartPeriod, _healthStartInterval, _noHealthcheck]);
    }

    internal OptionGroup Group { get; }

    internal OptionGroup HealthGroup { get; }

    /// <exception cref="UsageException">Options contradict each other.</exception>
    internal LifeChoices Read(ParseResult values)
    {
        var life = new LifeChoices
        {
            Detach = values.GetValue(_detach),
            Attach = values.Each(_attach, Stream),
            Remove = values.GetValue(_remove),
            Restart = values.One(_restart, RestartPolicy.Parse) ?? default,
            StopTimeout = (int?)values.One(_stopTimeout, (text, option) => OptionNumber.Parse(text, option, -1, int.MaxValue)),
            Labels = Labels(values),
            Annotations = values.Each(_annotations, LabelOption.Parse),
            Health = Health(values),
        };
        if (life.Remove && life.Restart.Condition != RestartCondition.No)
        {
            throw new UsageException("conflicting options: cannot specify both --restart and --rm");
        }

        return life.Detach && life.Attach.Count > 0 ? throw new UsageException("conflicting options: cannot specify both --attach and --detach") : life;
    }

    private static string Stream(string text, string option) => text.ToLowerInvariant() switch
    {
        "stdin" or "stdout" or "stderr" => text.ToLowerInvariant(),
        _ => throw new OptionException(option, text, "valid streams are STDIN, STDOUT and STDERR"),
    };

    private List<KeyValuePair<string, string>> Labels(ParseResult values)
    {
        List<KeyValuePair<string, string>> labels = [];
        foreach (string file in values.GetValue(_labelFiles) ?? [])
        {
            labels.AddRange(LabelOption.ParseFile(HostFile.ReadText(file, LabelOption.MaxFile), _labelFiles.Name));
        }

        labels.AddRange(values.Each(_labels, LabelOption.Parse));
        return labels;
    }

    private HealthChoices Health(ParseResult values)
    {
        var health = new HealthChoices
        {
            None = values.GetValue(_noHealthcheck),
            Command = values.GetValue(_healthCommand),
            Interval = values.One(_healthInterval, Duration),
            Timeout = values.One(_healthTimeout, Duration),
            StartPeriod = values.One(_healthStartPeriod, Duration),
            StartInterval = values.One(_healthStartInterval, Duration),
            Retries = (int?)values.One(_healthRetries, (text, option) => OptionNumber.Parse(text, option, 0, int.MaxValue)),
        };
        return health.None && health != new HealthChoices { None = true }
            ? throw new UsageException("--no-healthcheck conflicts with --health-* options")
            : health;
    }

    private static long Duration(string text, string option) =>
        GoDuration.TryParse(text, out long nanoseconds) && (nanoseconds == 0 || nanoseconds >= 1_000_000)
            ? nanoseconds
            : throw new OptionException(option, text, "give a duration of at least 1ms, such as 1m30s");
}

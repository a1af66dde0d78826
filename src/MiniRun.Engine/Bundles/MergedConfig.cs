using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Options;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Bundles;

/// <summary>What was asked for over what the image says, by docker's rules. Pure.</summary>
internal static class MergedConfig
{
    /// <summary>The variables that were asked for, then those of the image that were not.</summary>
    internal static IReadOnlyList<string> Env(ProcessChoices process, ImageConfig image)
    {
        List<string> variables = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (EnvironmentVariable variable in process.Environment)
        {
            names.Add(variable.Name);
            variables.RemoveAll(earlier => NameOf(earlier) == variable.Name);
            variables.Add(variable.Value is null ? variable.Name : $"{variable.Name}={variable.Value}");
        }

        foreach (string variable in image.Env)
        {
            if (names.Add(NameOf(variable)))
            {
                variables.Add(variable);
            }
        }

        return variables;
    }

    internal static IReadOnlyList<string> Entrypoint(RunRequest request, ImageConfig image) => request.Process.Entrypoint switch
    {
        null => image.Entrypoint,
        "" => [],
        { } program => [program],
    };

    /// <summary>The image's command was written for the image's entrypoint: another one does not get it.</summary>
    internal static IReadOnlyList<string> Command(RunRequest request, ImageConfig image) =>
        request.Command.Count > 0 || request.Process.Entrypoint is not null ? request.Command : image.Cmd;

    /// <summary>The image's labels, then those that were asked for, which win.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Labels(IReadOnlyList<KeyValuePair<string, string>> asked, ImageConfig image)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach ((string key, string value) in image.Labels.Concat(asked))
        {
            labels[key] = value;
        }

        return [.. labels];
    }

    /// <summary>The signal's name; "" where neither says one.</summary>
    internal static string StopSignal(ProcessChoices process, ImageConfig image) => process.StopSignal == 0 ? image.StopSignal : Signals.Name(process.StopSignal);

    /// <summary>Null where neither says anything.</summary>
    internal static Healthcheck? Healthcheck(HealthChoices asked, ImageConfig image)
    {
        if (asked.None)
        {
            return new Healthcheck { Test = ["NONE"] };
        }

        if (!asked.Any)
        {
            return image.Healthcheck;
        }

        Healthcheck check = image.Healthcheck ?? new Healthcheck();
        return new Healthcheck
        {
            Test = asked.Command is { Length: > 0 } command ? ["CMD-SHELL", command] : check.Test,
            // As with docker, 0 is not given.
            Interval = asked.Interval is > 0 and { } interval ? interval : check.Interval,
            Timeout = asked.Timeout is > 0 and { } timeout ? timeout : check.Timeout,
            StartPeriod = asked.StartPeriod is > 0 and { } startPeriod ? startPeriod : check.StartPeriod,
            StartInterval = asked.StartInterval is > 0 and { } startInterval ? startInterval : check.StartInterval,
            Retries = asked.Retries is > 0 and { } retries ? retries : check.Retries,
        };
    }

    private static string NameOf(string variable)
    {
        int equals = variable.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? variable : variable[..equals];
    }
}

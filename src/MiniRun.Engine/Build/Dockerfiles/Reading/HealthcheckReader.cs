using System.Globalization;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>HEALTHCHECK NONE, or HEALTHCHECK [--interval …] CMD COMMAND.</summary>
internal static class HealthcheckReader
{
    // Nanoseconds: docker takes nothing shorter.
    private const long Shortest = 1_000_000;

    internal static HealthcheckInstruction Read(InstructionLine line)
    {
        SourceWord rest = line.TryRest() ?? throw line.Error("HEALTHCHECK requires at least one argument");
        string type = rest.Text.Split([' ', '\t'], 2)[0];
        SourceWord arguments = new(rest.Text[type.Length..].TrimStart(), rest.Offset);
        Healthcheck check = type.ToUpperInvariant() switch
        {
            "NONE" when arguments.Text.Length == 0 => new Healthcheck { Test = ["NONE"] },
            "NONE" => throw line.Source.Error(rest, "HEALTHCHECK NONE takes no arguments"),
            "CMD" => new Healthcheck { Test = TestOf(line, arguments) },
            _ => throw line.Source.Error(rest, $"Unknown type \"{type}\" in HEALTHCHECK (try CMD)"),
        };
        return new HealthcheckInstruction { Offset = line.Offset, Original = line.Original, Check = check.Test[0] == "NONE" ? check : WithTimes(line, check) };
    }

    private static List<string> TestOf(InstructionLine line, SourceWord arguments)
    {
        if (arguments.Text.Length == 0)
        {
            throw line.Source.Error(arguments, "Missing command after HEALTHCHECK CMD");
        }

        return JsonForm.TryRead(line.Source, arguments) is { } words
            ? ["CMD", .. words.ConvertAll(word => word.Text)]
            : ["CMD-SHELL", arguments.Text];
    }

    private static Healthcheck WithTimes(InstructionLine line, Healthcheck check) => check with
    {
        Interval = Time(line, "interval"),
        Timeout = Time(line, "timeout"),
        StartPeriod = Time(line, "start-period"),
        StartInterval = Time(line, "start-interval"),
        Retries = RetriesOf(line),
    };

    private static long Time(InstructionLine line, string flag)
    {
        SourceWord? word = line.Flags.Take(flag);
        if (word is null)
        {
            return 0;
        }

        if (!GoDuration.TryParse(word.Value.Text, out long time))
        {
            throw line.Source.Error(word.Value, $"HEALTHCHECK --{flag}={word}: not a duration such as 30s, 1m30s or 500ms");
        }

        return time == 0 || time >= Shortest
            ? time
            : throw line.Source.Error(word.Value, $"HEALTHCHECK --{flag}={word}: it cannot be less than 1ms");
    }

    private static int RetriesOf(InstructionLine line)
    {
        SourceWord? word = line.Flags.Take("retries");
        if (word is null)
        {
            return 0;
        }

        return int.TryParse(word.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int retries)
            ? retries
            : throw line.Source.Error(word.Value, $"HEALTHCHECK --retries={word}: not a number of tries");
    }
}

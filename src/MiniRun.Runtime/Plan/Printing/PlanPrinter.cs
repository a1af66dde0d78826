using System.Globalization;
using System.Text;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Prints a plan for people (`explain`): each step as the call it is, why it is there, what asked for it and what it needs.</summary>
public static class PlanPrinter
{
    private const int Width = 100;
    private const int Indent = 15;

    /// <summary>The plan as text, readable at 100 columns.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">The command line option that stands behind a part of the spec ("mounts[3]" or "mounts" → "--tmpfs"), where one does.</param>
    public static string ToText(LaunchPlan plan, IReadOnlyDictionary<string, string>? options = null)
    {
        StringBuilder text = new();
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            LaunchStep step = plan.Steps[i];
            string who = step.IsLaunchers ? "launcher" : "init";
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,4} {who,-8}  ");
            AppendWrapped(text, StepCall.Of(step, plan), Indent + 2);
            text.Append(' ', Indent).Append("why   ");
            AppendWrapped(text, StepDescriptions.Why(step), Indent + 6);
            AppendOrigin(text, step, options);
        }

        return text.ToString();
    }

    /// <summary>The option that asked for a step, looked for with the step's index first; null where none is known.</summary>
    internal static string? OptionOf(LaunchStep step, IReadOnlyDictionary<string, string>? options)
    {
        if (options is null || step.Source.Length == 0)
        {
            return null;
        }

        return options.TryGetValue(StepSource.Of(step), out string? option) || options.TryGetValue(step.Source, out option) ? option : null;
    }

    private static void AppendOrigin(StringBuilder text, LaunchStep step, IReadOnlyDictionary<string, string>? options)
    {
        string origin = StepSource.Of(step);
        string? needs = StepCapability.Of(step)?.ToString();
        if (OptionOf(step, options) is { } option)
        {
            origin = origin + " (" + option + ")";
        }

        if (origin.Length > 0)
        {
            text.Append(' ', Indent).Append("from  ").Append(origin).Append(needs is null ? "" : "; needs " + needs).Append('\n');
        }
        else if (needs is not null)
        {
            text.Append(' ', Indent).Append("needs ").Append(needs).Append('\n');
        }
    }

    /// <summary>Appends a text, broken at blanks where it would pass the width; a word that is longer alone stays whole.</summary>
    private static void AppendWrapped(StringBuilder text, string line, int indent)
    {
        int room = Width - indent;
        while (line.Length > room)
        {
            int end = line.LastIndexOf(' ', room);
            if (end <= 0)
            {
                end = line.IndexOf(' ', room);
                if (end < 0)
                {
                    break;
                }
            }

            text.Append(line, 0, end).Append('\n').Append(' ', indent);
            line = line[(end + 1)..];
        }

        text.Append(line).Append('\n');
    }
}

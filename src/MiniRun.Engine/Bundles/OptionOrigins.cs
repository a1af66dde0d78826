using System.Globalization;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Bundles;

/// <summary>Which option of `run` asked for a part of config.json, by JSON path. What is not here is the same in every container.</summary>
public sealed class OptionOrigins
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    /// <summary>Says that <paramref name="option"/>, as the user wrote it, asked for <paramref name="path"/>; a second one is added to the first.</summary>
    public void Add(string path, string option) => _options[path] = _options.TryGetValue(path, out string? before) ? $"{before} {option}" : option;

    /// <summary>As <see cref="Add(string, string)"/>, for one entry of an array.</summary>
    public void Add(string path, int index, string option) => Add(Indexed(path, index), option);

    /// <summary>The options behind a plan's steps, by the part of the spec each step names.</summary>
    public IReadOnlyDictionary<string, string> ForPlan(LaunchPlan plan)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (LaunchStep step in plan.Steps)
        {
            if (step.Source.Length > 0 && Of(step.Source, step.SourceIndex) is { } option)
            {
                options[StepSource.Of(step)] = option;
            }
        }

        return options;
    }

    /// <summary>The option behind a path, or behind the nearest part of config.json around it, or all those behind its parts; null where no option asked.</summary>
    public string? Of(string path, int index)
    {
        if (index >= 0 && _options.TryGetValue(Indexed(path, index), out string? entry))
        {
            return entry;
        }

        for (string rest = path; rest.Length > 0; rest = rest[..Math.Max(rest.LastIndexOf('.'), 0)])
        {
            if (_options.TryGetValue(rest, out string? option))
            {
                return option;
            }
        }

        return index < 0 ? OfParts(path) : null;
    }

    private string? OfParts(string path)
    {
        List<string> found = [];
        foreach ((string place, string option) in _options)
        {
            bool isPart = place.Length > path.Length && place.StartsWith(path, StringComparison.Ordinal) && (place[path.Length] is '.' or '[');
            if (isPart && !found.Contains(option))
            {
                found.Add(option);
            }
        }

        return found.Count == 0 ? null : string.Join(' ', found);
    }

    private static string Indexed(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}

using System.Globalization;
using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Linux;

namespace MiniRun.Engine.Build.Stages;

/// <summary>Which stages a build needs: the target's, and those that it begins with or copies from. Others are not built.</summary>
public sealed class StageOrder(Dockerfile file, GlobalScope globals, Expander expander)
{
    private readonly Dictionary<int, string> _bases = [];

    /// <summary>The needed stages' numbers in the order they are built; the target is the last.</summary>
    /// <param name="target">--target: a name or a number; null is the last stage.</param>
    /// <exception cref="MiniRunException">There is no such stage, or a FROM line names nothing.</exception>
    public IReadOnlyList<int> Needed(string? target)
    {
        int last = target is null ? file.Stages.Count - 1 : Find(target, file.Stages.Count) ?? throw new MiniRunException($"target stage \"{target}\" could not be found in {file.Source.Name}");
        SortedSet<int> needed = [];
        Need(last, needed);
        return [.. needed];
    }

    /// <summary>The image or stage that a stage begins with, its variables replaced.</summary>
    /// <exception cref="DockerfileException">It is blank.</exception>
    public string BaseOf(int stage)
    {
        if (!_bases.TryGetValue(stage, out string? name))
        {
            SourceWord word = file.Stages[stage].From.Image;
            name = expander.Expand(word, globals.Lookup);
            _bases[stage] = name.Length > 0 ? name : throw file.Source.Error(word, $"base name ({word}) should not be blank: give its variable a default, or a value with --build-arg");
        }

        return name;
    }

    /// <summary>A stage before another one, by its name or number; null where there is none, and an image is meant.</summary>
    public int? Find(string name, int before)
    {
        for (int i = Math.Min(before, file.Stages.Count) - 1; i >= 0; i--)
        {
            if (file.Stages[i].From.StageName is { } stage && stage.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < before ? number : null;
    }

    private void Need(int stage, SortedSet<int> needed)
    {
        if (!needed.Add(stage))
        {
            return;
        }

        if (Find(BaseOf(stage), stage) is { } below)
        {
            Need(below, needed);
        }

        foreach (Instruction instruction in file.Stages[stage].Instructions)
        {
            if (instruction is CopyInstruction { From: { } from } && Find(from.Text, stage) is { } source)
            {
                Need(source, needed);
            }
        }
    }
}

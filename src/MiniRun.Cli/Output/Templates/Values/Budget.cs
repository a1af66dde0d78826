namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>Counts what one run of a template takes, and ends it where that is more than any use has need of.</summary>
internal sealed class Budget
{
    private int _steps;
    private int _characters;

    /// <exception cref="FunctionException">There were too many.</exception>
    internal void Step()
    {
        if (++_steps > TemplateLimits.Steps)
        {
            throw new FunctionException($"the template takes more than {TemplateLimits.Steps} steps");
        }
    }

    /// <exception cref="FunctionException">More text is made than one would print.</exception>
    internal void Make(int characters)
    {
        _characters = characters > TemplateLimits.Characters - _characters
            ? throw new FunctionException($"the template makes more than {TemplateLimits.Characters} characters")
            : _characters + characters;
    }
}

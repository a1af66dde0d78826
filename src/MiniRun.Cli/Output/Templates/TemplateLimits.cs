namespace MiniRun.Cli.Output.Templates;

/// <summary>What a template may take. Templates come from the command line, so these only keep a slip from taking the machine.</summary>
internal static class TemplateLimits
{
    /// <summary>Characters of a template.</summary>
    internal const int Source = 64 * 1024;

    /// <summary>Blocks and parentheses within one another.</summary>
    internal const int Nesting = 100;

    /// <summary>The same while it runs, where templates call one another; the stack holds far more.</summary>
    internal const int RunningNesting = 200;

    /// <summary>Actions, commands and turns of loops.</summary>
    internal const int Steps = 1_000_000;

    /// <summary>Characters that are made altogether, printed or not.</summary>
    internal const int Characters = 16 * 1024 * 1024;
}

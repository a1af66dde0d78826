using MiniRun.Engine.Options;

namespace MiniRun.Engine.Build.Steps;

/// <summary>What a RUN executes.</summary>
internal sealed record BuildProgram
{
    internal required IReadOnlyList<string> Words { get; init; }

    /// <summary>Build arguments as NAME=VALUE.</summary>
    internal required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables that neither the cache nor the history knows of.</summary>
    internal required IReadOnlyList<KeyValuePair<string, string>> Proxies { get; init; }

    internal required NamespaceChoice Network { get; init; }

    /// <summary>A script that is put at <see cref="ScriptPath"/> for the program's time; null for none.</summary>
    internal byte[]? Script { get; init; }

    internal string ScriptPath { get; init; } = "";

    /// <summary>The program as an error names it.</summary>
    internal string Shown => string.Join(' ', Words);
}

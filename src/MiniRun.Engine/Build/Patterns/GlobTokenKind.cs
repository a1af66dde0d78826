namespace MiniRun.Engine.Build.Patterns;

/// <summary>The parts of a file name pattern.</summary>
internal enum GlobTokenKind
{
    /// <summary>One character, itself.</summary>
    Literal,

    /// <summary>"?": any character but a slash.</summary>
    Single,

    /// <summary>"[a-z]" or "[^a-z]": one character of a set, never a slash.</summary>
    Set,

    /// <summary>"*": any characters but slashes, or none.</summary>
    Star,

    /// <summary>"**" at the end: any characters, or none.</summary>
    Anything,

    /// <summary>Stands before a <see cref="Folders"/> that may be left out.</summary>
    Optional,

    /// <summary>"**/": any characters up to a slash.</summary>
    Folders,
}

namespace MiniRun.Oci.Grammar;

/// <summary>One row of the option table. Value is what its help calls the value ("PATH"), or null for a flag; Short is '\0' where there is none.</summary>
internal readonly record struct Option(string Name, char Short, string? Value, string Help)
{
    public static Option Flag(string name, string help, char shortName = '\0') => new(name, shortName, null, help);

    public static Option Text(string name, string value, string help, char shortName = '\0') => new(name, shortName, value, help);

    public bool IsCalled(ReadOnlySpan<char> text) => text.SequenceEqual(Name) || (text.Length == 1 && text[0] == Short);
}

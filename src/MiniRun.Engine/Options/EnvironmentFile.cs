namespace MiniRun.Engine.Options;

/// <summary>docker's --env-file: a variable a line, "#" lines are comments, nothing is quoted or expanded.</summary>
public static class EnvironmentFile
{
    /// <summary>The largest file read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    private const string Option = "--env-file";

    /// <summary>Parses a file's content; <paramref name="file"/> is its name for errors.</summary>
    /// <exception cref="OptionException">A line has no name, or blanks in it.</exception>
    public static IReadOnlyList<EnvironmentVariable> Parse(string content, string file)
    {
        List<EnvironmentVariable> variables = [];
        int number = 0;
        foreach (ReadOnlySpan<char> raw in content.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = raw.TrimStart();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            int equals = line.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? line.TrimEnd() : line[..equals];
            if (name.IsEmpty || name.ContainsAny(' ', '\t'))
            {
                throw new OptionException(Option, file, $"line {number}: the variable's name is empty or has blanks in it");
            }

            variables.Add(new EnvironmentVariable(name.ToString(), equals < 0 ? null : line[(equals + 1)..].ToString()));
        }

        return variables;
    }
}

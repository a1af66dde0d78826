using System.Text;

namespace MiniRun.Abi.Tests;

/// <summary>How C spells what C# spells otherwise.</summary>
internal static class CName
{
    /// <summary>TotalSize → total_size; Text0 → text[0].</summary>
    public static string Member(string name)
    {
        string snake = Snake(name);
        return char.IsAsciiDigit(name[^1]) ? $"{snake[..^1].TrimEnd('_')}[{name[^1]}]" : snake;
    }

    /// <summary>ProgramMissing → PROGRAM_MISSING.</summary>
    public static string Constant(string name) => Snake(name).ToUpperInvariant();

    private static string Snake(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

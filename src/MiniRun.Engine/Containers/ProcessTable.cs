using System.Globalization;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>What ps(1) has printed, as far as it is about one container. Pure.</summary>
/// <param name="Titles">The columns' headings.</param>
/// <param name="Rows">A row a process, as many cells as there are headings; the last one may hold blanks.</param>
public sealed record ProcessTable(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string PidColumn = "PID";

    /// <summary>Keeps the rows of these processes, as docker does: by the column PID.</summary>
    /// <exception cref="MiniRunException">There is no such column.</exception>
    public static ProcessTable Of(string text, IReadOnlySet<int> pids)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] titles = lines.Length == 0 ? [] : Fields(lines[0]);
        int column = Array.IndexOf(titles, PidColumn);
        if (column < 0)
        {
            throw new MiniRunException("Couldn't find PID field in ps output: give options of ps that print it, such as -ef, aux or -o pid,comm");
        }

        List<IReadOnlyList<string>> rows = [];
        foreach (string line in lines.AsSpan(1))
        {
            string[] fields = Fields(line);
            if (fields.Length > column && int.TryParse(fields[column], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pids.Contains(pid))
            {
                rows.Add(Cells(fields, titles.Length));
            }
        }

        return new ProcessTable(titles, rows);
    }

    /// <summary>A command line has blanks: what is beyond the columns belongs to the last one. A process chooses its own name, so it is shown and not obeyed.</summary>
    private static List<string> Cells(string[] fields, int columns)
    {
        List<string> cells = [];
        for (int i = 0; i < columns; i++)
        {
            cells.Add(i >= fields.Length ? "" : OneLine.Of(i == columns - 1 ? string.Join(' ', fields[i..]) : fields[i]));
        }

        return cells;
    }

    private static string[] Fields(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}

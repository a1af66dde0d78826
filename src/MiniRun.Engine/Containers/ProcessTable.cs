using System.Globalization;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>What ps(1) has printed, as far as it is about one container. Pure.</summary>
/// <param name="Titles">The columns' headings.</param>
/// <param name="Rows">A row a process, as many cells as there are headings; the last one may hold blanks.</param>
public sealed record ProcessTable(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string PidColumn = "PID";

    /// <summary>Whether ps had more to say than is kept.</summary>
    public bool IsCut { get; init; }

    /// <summary>Of what ps was not asked for by pid: keeps the rows of these processes, as docker does: by the column PID.</summary>
    /// <exception cref="MiniRunException">There is no such column.</exception>
    public static ProcessTable Of(string text, IReadOnlySet<int> pids) => Of(text, (fields, column, titles) =>
        fields.Length > column && IsPid(fields[column], pids) ? Cells(fields, titles) : null);

    /// <summary>
    /// Of what ps was asked for by pid: all rows are the container's. A process chooses its own name, with blanks and numbers, and where that
    /// stands before its pid, the cell of the column PID need not be it: then it is the next field that is one of the pids.
    /// </summary>
    /// <exception cref="MiniRunException">There is no such column.</exception>
    public static ProcessTable OfAsked(string text, IReadOnlySet<int> pids) => Of(text, (fields, column, titles) => Cells(Aligned(fields, column, titles, pids), titles));

    /// <summary>Whether ps has printed a table with pids, even an empty one (which is a failure to it).</summary>
    internal static bool HasPids(string text) => Fields(text.AsSpan(0, Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal))).ToString()).Contains(PidColumn);

    private static ProcessTable Of(string text, Func<string[], int, int, IReadOnlyList<string>?> row)
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
            if (row(Fields(line), column, titles.Length) is { } cells)
            {
                rows.Add(cells);
            }
        }

        return new ProcessTable(titles, rows);
    }

    private static bool IsPid(string field, IReadOnlySet<int> pids) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pids.Contains(pid);

    /// <summary>The fields with the pid in its column: what is too much before it belongs to the cell before it, and what is missing there is empty.</summary>
    private static string[] Aligned(string[] fields, int column, int titles, IReadOnlySet<int> pids)
    {
        int place = PlaceOfPid(fields, column, titles, pids);
        return place switch
        {
            _ when place < column => [.. fields[..place], .. Enumerable.Repeat("", column - place), .. fields[place..]],
            _ when place > column => [.. fields[..(column - 1)], string.Join(' ', fields[(column - 1)..place]), .. fields[place..]],
            _ => fields,
        };
    }

    private static int PlaceOfPid(string[] fields, int column, int titles, IReadOnlySet<int> pids)
    {
        int last = Math.Min(fields.Length - 1, column + Math.Max(0, fields.Length - titles));
        for (int i = column; column > 0 && i <= last; i++)
        {
            if (IsPid(fields[i], pids))
            {
                return i;
            }
        }

        for (int i = Math.Min(column, fields.Length) - 1; i >= 0; i--)
        {
            if (IsPid(fields[i], pids))
            {
                return i;
            }
        }

        return column; // a thread's row has none
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

using System.Globalization;
using System.Text;
using MiniRun.Linux;

namespace MiniRun.Oci.Output;

/// <summary>The lines of ps(1) that belong to a container.</summary>
internal static class PsTable
{
    /// <summary>The heading, and each line whose column PID is one of these.</summary>
    /// <exception cref="MiniRunException">There is no such column.</exception>
    public static string Filter(string table, IReadOnlySet<int> pids)
    {
        string[] lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int column = lines.Length == 0 ? -1 : Array.IndexOf(Fields(lines[0]), "PID");
        if (column < 0)
        {
            throw new MiniRunException("couldn't find PID field in ps output: give options of ps that print it, such as -ef");
        }

        StringBuilder kept = new();
        kept.Append(lines[0]).Append('\n');
        foreach (string line in lines.AsSpan(1))
        {
            string[] fields = Fields(line);
            if (fields.Length > column && int.TryParse(fields[column], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pids.Contains(pid))
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.ToString();
    }

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text;

namespace MiniRun.Cli.Output;

/// <summary>Columns as docker aligns them: as wide as their widest cell, three blanks apart.</summary>
internal static class TextTable
{
    private const int ColumnGap = 3;

    /// <summary>The rows as lines; the first one is the header.</summary>
    internal static string Of(IReadOnlyList<string[]> rows)
    {
        var table = new StringBuilder();
        int[] widths = Widths(rows);
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length - 1; i++)
            {
                table.Append(row[i]).Append(' ', widths[i] - row[i].Length + ColumnGap);
            }

            table.Append(row[^1]).Append('\n');
        }

        return table.ToString();
    }

    private static int[] Widths(IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return widths;
    }
}

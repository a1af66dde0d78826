using System.Text;

namespace MiniRun.Cli.Output;

/// <summary>Columns as docker aligns them: as wide as their widest cell and three blanks, ten at least.</summary>
internal static class TextTable
{
    private const int ColumnGap = 3;
    private const int NarrowestColumn = 10;

    /// <summary>The rows as aligned lines; the first one is the header.</summary>
    /// <param name="rows">Cells with tabs between them; a row of several lines is several rows.</param>
    internal static string Of(IReadOnlyList<string> rows)
    {
        List<string[]> lines = [.. rows.SelectMany(row => row.TrimEnd('\n').Split('\n')).Select(line => line.Split('\t'))];
        var table = new StringBuilder();
        int[] widths = Widths(lines);
        foreach (string[] line in lines)
        {
            for (int i = 0; i < line.Length - 1; i++)
            {
                table.Append(line[i]).Append(' ', widths[i] - line[i].Length);
            }

            table.Append(line[^1]).Append('\n');
        }

        return table.ToString();
    }

    /// <summary>The last cell of a line needs no column: nothing follows it.</summary>
    private static int[] Widths(List<string[]> lines)
    {
        int[] widths = new int[lines.Max(line => line.Length)];
        Array.Fill(widths, NarrowestColumn);
        foreach (string[] line in lines)
        {
            for (int i = 0; i < line.Length - 1; i++)
            {
                widths[i] = Math.Max(widths[i], line[i].Length + ColumnGap);
            }
        }

        return widths;
    }
}
